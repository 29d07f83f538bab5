"""A post's path hangs below its place's: until now the two were the same."""

from django.db import migrations

_FILL = """
UPDATE places_post
   SET path = numbered.path
  FROM (SELECT post.id,
               place.path || '/P' || lpad(row_number() OVER (PARTITION BY post.place_id ORDER BY post.id)::text, 3, '0')
               AS path
          FROM places_post AS post JOIN places_place AS place ON place.id = post.place_id) AS numbered
 WHERE numbered.id = places_post.id
"""
_BACK = """
UPDATE places_post SET path = places_place.path FROM places_place WHERE places_place.id = places_post.place_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0004_reports_name_doors"),
    ]

    operations = [migrations.RunSQL(_FILL, _BACK)]
