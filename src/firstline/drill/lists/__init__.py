"""Property companies' lists as companies write them: every company has its own idea of a table.

    book = write(hand, dwellings, inventor, estate="枫林苑", company="恒安物业")
    book.name, book.content        # "枫林苑业主表.xlsx" and its bytes

``hands`` says how each company writes, ``layouts`` how a sheet is laid out, ``notation`` how doors, families and
numbers are written, ``files`` in what kind of file. The same inventor gives the same files.
"""

from firstline.drill.lists.dwellings import Dwelling, dwellings_of
from firstline.drill.lists.files import Book, write
from firstline.drill.lists.hands import HANDS, Hand

__all__ = ["HANDS", "Book", "Dwelling", "Hand", "dwellings_of", "write"]
