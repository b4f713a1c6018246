"""Two photos of one place, compared by their small copies: what is painted over stays unseen here, too."""

from uuid import UUID

from backend import db
from media import keys, scenes
from media.errors import PhotoNotFound
from media.runtime import current_runtime
from media.scenes import SceneJudgement
from media.spool import work_folder
from media.structs import Variant

_REVISIONS = "SELECT id, revision FROM photo WHERE id = ANY($1::uuid[])"


async def compare_scenes(before_id: UUID, after_id: UUID) -> SceneJudgement:
    """Whether what the first photo shows is gone in the second. Raises PhotoNotFound, and what the decoder raises."""
    found = {row["id"]: row["revision"] for row in await db.fetch(_REVISIONS, [before_id, after_id])}
    if not {before_id, after_id} <= found.keys():
        raise PhotoNotFound()
    runtime = current_runtime()
    async with work_folder(runtime.spool_dir) as folder:
        for name, photo_id in (("before", before_id), ("after", after_id)):
            key = keys.shown_key(photo_id, Variant.THUMB, found[photo_id])
            await runtime.shown.fetch(key, folder / name)
        return scenes.judge(await runtime.decoder.compare_scenes(folder / "before", folder / "after"))
