"""The guarded side: limits itself, then answers one job after another until our side hangs up.

Started as `python -m media.decoder.process FD` with an environment that holds no secrets. Memory, CPU time for each
picture, file size, new processes and core dumps are limited by the system, not by good behaviour.
"""

import os
import resource
import signal
import socket
import sys
import warnings

import msgspec

READY = b"ready\n"
"""Said once the limits hold and the libraries are loaded: who dies before it was not killed by a picture."""
_MESSAGE_MAX_BYTES = 64 * 1024
_FILES_MAX = 8
_OPEN_FILES_MAX = 64
_OUTPUT_MAX_BYTES = 64 * 1024 * 1024


def main(channel: socket.socket, memory_max_bytes: int, pixels_max: int) -> None:
    _limit(memory_max_bytes)
    _import_libraries(pixels_max)
    channel.sendall(READY)
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

    import media.decoder.develop  # noqa: F401 - whatever it needs must be here before we say ready

    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = pixels_max
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _answer(line: bytes, descriptors: list[int]) -> bytes:
    from PIL import Image

    from media.decoder.develop import RefusedError, develop
    from media.decoder.messages import Answer, Job, Refusal

    answer: Answer
    files = [os.fdopen(descriptor, "rb" if index == 0 else "r+b") for index, descriptor in enumerate(descriptors)]
    try:
        job = msgspec.json.decode(line, type=Job)
        _allow_cpu(job.cpu_max_s)
        answer = develop(job, files[0], files[1:])
    except RefusedError as refused:
        answer = Refusal(code=refused.code, facts=refused.facts)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        answer = Refusal(code="photo-too-many-pixels", facts={"limit": Image.MAX_IMAGE_PIXELS})
    except MemoryError:
        answer = Refusal(code="photo-needs-too-much-memory")
    except Exception:  # whatever a decoder raises over a stranger's bytes, the photo is what is wrong
        answer = Refusal(code="photo-undecodable")
    finally:
        for file in files:
            file.close()
    return msgspec.json.encode(answer)


def _allow_cpu(seconds: int) -> None:
    """Let the system end this process when one picture takes longer than `seconds` of its time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]))
