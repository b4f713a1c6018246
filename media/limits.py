"""What the gate lets in: one value, made from the settings. Sizes in bytes unless the name says else."""

from dataclasses import dataclass

from media.kinds import MediaKind

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    file_max_bytes: int = 20 * MIB
    pixels_max: int = 70_000_000
    """Of a picture that is decoded whole: `decoder_memory_max_bytes` and `decoder_cpu_max_s` hold up to there."""
    jpeg_pixels_max: int = 210_000_000
    """A JPEG is decoded at a half, a quarter or an eighth of its size, so phones of 200 megapixels are welcome."""
    side_max_px: int = 20_000
    exif_max_bytes: int = MIB
    """A longer EXIF block is not read, and harms nobody: what is shown has none."""
    local_offset_min: int = 8 * 60
    """What an EXIF time without an offset is taken to mean: China Standard Time."""
    decoders: int = 1
    """Decoding processes at once; each takes at most one core and `decoder_memory_max_bytes`."""
    decoder_memory_max_bytes: int = 1536 * MIB
    decoder_cpu_max_s: int = 10
    decoder_wall_max_s: float = 30.0
    decoder_stalled_max_s: float = 3.0
    """A process that used no processor time for so long while it has a picture is frozen, and replaced."""
    decoder_waiting_max: int = 64

    def pixels_max_of(self, kind: MediaKind) -> int:
        return self.jpeg_pixels_max if kind is MediaKind.JPEG else self.pixels_max
