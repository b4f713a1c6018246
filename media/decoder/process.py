"""The guarded side: shuts itself in, then answers one job after another until our side hangs up.

Started as `python -m media.decoder.process FD` with an environment that holds no secrets. Memory, CPU time for each
picture, file size, new processes and core dumps are limited by the system, not by good behaviour; `confinement` takes
files, network and privileges away.
"""

import io
import os
import resource
import signal
import socket
import sys
import warnings
from contextlib import suppress
from typing import BinaryIO

import msgspec

from media.decoder.confinement import confine
from media.decoder.messages import DecoderReady

_MESSAGE_MAX_BYTES = 64 * 1024
_FILES_MAX = 8
_OPEN_FILES_MAX = 64
_OUTPUT_MAX_BYTES = 64 * 1024 * 1024


def main(channel: socket.socket, memory_max_bytes: int, pixels_max: int) -> None:
    _limit(memory_max_bytes)
    _import_libraries(pixels_max)
    channel.sendall(msgspec.json.encode(DecoderReady(gaps=confine())) + b"\n")
    while True:
        line, descriptors, _, _ = socket.recv_fds(channel, _MESSAGE_MAX_BYTES, _FILES_MAX)
        if not line:
            return
        channel.sendall(_answer(line, descriptors) + b"\n")


def _limit(memory_max_bytes: int) -> None:
    if sys.platform == "linux":  # elsewhere address space says nothing about memory
        resource.setrlimit(resource.RLIMIT_AS, (memory_max_bytes, memory_max_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT_MAX_BYTES, _OUTPUT_MAX_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES_MAX, _OPEN_FILES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for our side, which then hangs up


def _import_libraries(pixels_max: int) -> None:
    import pillow_heif
    from PIL import Image

    import media.decoder.scenes
    import media.decoder.symbols  # noqa: F401 - whatever these need must be here before we say ready

    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = pixels_max
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    _warm_up()


def _warm_up() -> None:
    """Decode one tiny picture of each kind: libraries load parts of themselves then, and later they cannot."""
    from PIL import ExifTags, Image, ImageCms

    from media.decoder.develop import develop
    from media.decoder.messages import DecodeJob, Output, SymbolSearch
    from media.decoder.symbols import find_symbols

    Image.init()
    _warm_up_comparing()
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "x"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:01:01 00:00:00"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for name in ("JPEG", "PNG", "WEBP", "HEIF"):
        outputs = tuple(Output(side_px=8, format=each, quality=80) for each in ("JPEG", "WEBP"))
        job = DecodeJob(
            format=name, outputs=outputs, pixels_max=4096, side_max_px=64, exif_max_bytes=4096,
            local_offset_min=0, cpu_max_s=60, is_hashed=True,
        )  # fmt: skip
        source = io.BytesIO()
        with suppress(Exception):  # a library without an encoder for what it decodes
            Image.new("RGB", (64, 64)).save(source, name, exif=exif, icc_profile=profile)
            develop(job, source, [io.BytesIO(), io.BytesIO()])
            find_symbols(
                SymbolSearch(format=name, pixels_max=4096, side_max_px=64, cpu_max_s=60, symbols_max=1), source
            )


def _warm_up_comparing() -> None:
    """numpy loads its chance and its linear algebra with their first use."""
    import numpy as np
    from PIL import Image

    from media.decoder.scenes import compare

    grain = np.random.default_rng(1).integers(0, 255, (24, 32, 3), dtype=np.uint8)
    picture = Image.fromarray(grain).resize((256, 192))
    compare(picture, picture.rotate(1))


def _answer(line: bytes, descriptors: list[int]) -> bytes:
    from PIL import Image

    from media.decoder.develop import RefusedError, develop
    from media.decoder.messages import Answer, DecodeJob, DecodeRefusal, SceneComparison, Task, Trouble
    from media.decoder.scenes import compare_files
    from media.decoder.symbols import find_symbols

    answer: Answer
    files: list[BinaryIO] = []
    try:
        task: Task = msgspec.json.decode(line, type=Task)
        to_read = 2 if isinstance(task, SceneComparison) else 1
        files += [_opened(fd, is_read=index < to_read) for index, fd in enumerate(descriptors)]
        _allow_cpu(task.cpu_max_s)
        if isinstance(task, SceneComparison):
            answer = compare_files(task, files[0], files[1])
        else:
            answer = develop(task, files[0], files[1:]) if isinstance(task, DecodeJob) else find_symbols(task, files[0])
    except RefusedError as refused:
        answer = DecodeRefusal(code=refused.code, facts=refused.facts)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        answer = DecodeRefusal(code="photo-too-many-pixels", facts={"limit": Image.MAX_IMAGE_PIXELS})
    except MemoryError:
        answer = DecodeRefusal(code="photo-needs-too-much-memory")
    except Exception as error:  # whatever a decoder raises over a stranger's bytes, the photo is what is wrong
        number = error.errno if isinstance(error, OSError) else None  # none in what the library itself finds
        answer = Trouble(errno=number) if number else DecodeRefusal(code="photo-undecodable")
    finally:
        for file in files:
            with suppress(OSError):  # what a full disk did not take is told already
                file.close()
    return msgspec.json.encode(answer)


def _opened(descriptor: int, *, is_read: bool) -> BinaryIO:
    return os.fdopen(descriptor, "rb") if is_read else os.fdopen(descriptor, "r+b")


def _allow_cpu(seconds: int) -> None:
    """Let the system end this process when one picture takes longer than `seconds` of its time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]))
