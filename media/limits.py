"""What the gate lets in: one value, made by a door and handed to the room. Sizes in bytes unless the name says else."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    file_max_bytes: int = 20 * MIB
    pixels_max: int = 50_000_000
    side_max_px: int = 20_000
    exif_max_bytes: int = 48 * 1024
    """The EXIF block without its embedded thumbnail; phones write well under 20 KiB."""
    local_offset_min: int = 8 * 60
    """What an EXIF time without an offset is taken to mean: China Standard Time."""
    decoders: int = 1
    """Decoding processes at once; each takes at most one core and `decoder_memory_max_bytes`."""
    decoder_memory_max_bytes: int = 1536 * MIB
    decoder_cpu_max_s: int = 10
    decoder_wall_max_s: float = 30.0
    decoder_waiting_max: int = 64
