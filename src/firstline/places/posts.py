"""Posts: gates, checkpoints, businesses. Each has a path below its place's, so it is in every scope its place is."""

from collections.abc import Iterable

from firstline.kernel import clock, paths
from firstline.places.models import Place, Post, PostKind


def add_post(place: Place, kind: PostKind, name: str) -> Post:
    """Put a post on record, inside an action that was told of it; one that stands there under that name already is it.

    The place's row gives out the numbers of its posts, one at a time.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    standing = list(Post.objects.filter(place=place))
    for one in standing:
        if (one.kind, one.name) == (kind, name):
            if one.closed_at is not None:
                one.closed_at, one.stands_since = None, clock.now()
                one.save(update_fields=["closed_at", "stands_since"])
            return one
    path = paths.post(place.path, len(standing) + 1)
    return Post.objects.create(place=place, path=path, kind=kind, name=name, stands_since=clock.now())


def close_post(post: Post) -> None:
    """Say that a post stands no more, inside an action that was told so."""
    post.closed_at = clock.now()
    post.save(update_fields=["closed_at"])


def posts_below(places: Iterable[Place]) -> list[Post]:
    """The posts of places that stand, each with its place, in the order of the tree."""
    found = Post.objects.filter(place__in=[place.pk for place in places], closed_at=None)
    return list(found.select_related("place").order_by("path"))
