"""Logs of work at doors that came as files: notes of visits, telephone surveys. Read, placed, kept row by row.

``reading`` finds the columns by what they say and reads each row without a database (``moments``, ``result_words``,
``remarks``); ``placing`` finds the doors; ``storing`` keeps the file and its rows; ``actions`` lets them count, puts
parked rows right and takes a log back.
"""
