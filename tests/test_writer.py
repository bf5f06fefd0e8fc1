"""Laws of writing: what goes in comes out, at its time, with its tags; or nothing is left."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vgan_studio.media.codecs import CODECS, SOUND_CODECS
from vgan_studio.media.colour import Colour
from vgan_studio.media.film import decoded_as_shown
from vgan_studio.media.raw import RawPicture
from vgan_studio.media.verify import verify
from vgan_studio.media.writer import Chapter, Target, Writer

from .films import sine

RATE = Fraction(30000, 1001)
BT709 = Colour("bt709", "bt709", "bt709")
few = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def textured(number, width=64, height=48, *, deep=False, alpha=False):
    """A picture that is neither flat nor noise, and moves."""
    y, x = np.mgrid[:height, :width]
    wave = [np.sin((x + 2 * number) / (3 + i)) * np.cos(y / (4 + i)) + np.sin(x * y / 90) / 3 for i in range(3)]
    pixels = np.clip(127 + 90 * np.stack(wave, -1), 0, 255)
    if alpha:
        pixels = np.concatenate([pixels, (x * 255 / width)[..., None]], -1)
    return (pixels * 257).astype(np.uint16) if deep else pixels.astype(np.uint8)


def noise(shape, kind, seed=0):
    return np.random.default_rng(seed).integers(0, np.iinfo(kind).max + 1, shape, dtype=kind)


def written(path, target, pictures, *, sound=None, **more):
    """Write pictures at the target's rate (25 if it has none), and sound; give the writer."""
    rate = target.rate or Fraction(25)
    with Writer(path, target, **more) as writer:
        for number, picture in enumerate(pictures):
            writer.write(picture, number / rate)
        if sound is not None:
            writer.write_sound(sound)
    return writer


def frames(path):
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def times(path):
    return [frame.pts * frame.time_base for frame in frames(path)]


def pixels(frame):
    deep = frame.format.components[0].bits > 8
    alpha = any(part.is_alpha for part in frame.format.components)
    name = ("rgba64le" if alpha else "rgb48le") if deep else ("rgba" if alpha else "rgb24")
    return frame.reformat(format=name).to_ndarray()


def raw_picture(format, width=64, height=48, seed=0, colour=BT709):
    frame = av.VideoFrame(width, height, format)
    depth = frame.format.components[0].bits
    for plane in frame.planes:
        kind = np.uint8 if depth == 8 else np.uint16
        view = np.frombuffer(plane, kind)
        view[:] = np.random.default_rng(seed).integers(16 << (depth - 8), 235 << (depth - 8), len(view))
    return RawPicture(frame, colour, depth, False)


def planes(frame):
    wide = 1 if frame.format.components[0].bits == 8 else 2
    return [
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width * wide].copy()
        for plane in frame.planes
    ]


# What goes in comes out


@few
@given(
    width=st.integers(2, 41),
    height=st.integers(2, 33),
    kind=st.sampled_from([np.uint8, np.uint16]),
    channels=st.sampled_from([3, 4]),
    codec=st.sampled_from(["ffv1", "png"]),
)
def test_a_lossless_codec_loses_nothing_of_rgb(tmp_path, width, height, kind, channels, codec):
    path = tmp_path / ("film.mkv" if codec == "ffv1" else "still.png")
    taken = [noise((height, width, channels), kind, seed) for seed in range(2 if codec == "ffv1" else 1)]
    written(path, Target(codec, width, height, Fraction(25)), taken)
    for there, picture in zip(frames(path), taken, strict=True):
        np.testing.assert_array_equal(pixels(there), picture)


@pytest.mark.parametrize("format", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv444p12le", "gray"])
def test_a_lossless_codec_keeps_yuv_as_it_is(tmp_path, format):
    path = tmp_path / "film.mkv"
    picture = raw_picture(format, 33, 17)
    written(path, Target("ffv1", 33, 17, Fraction(25)), [picture])
    there = frames(path)[0]
    assert there.format.name == format
    for mine, theirs in zip(planes(picture.frame), planes(there), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_a_raw_picture_that_fits_is_given_back_as_it_was(tmp_path):
    picture = raw_picture("yuv420p")
    picture.frame.pts, picture.frame.time_base, picture.frame.pict_type = 77, Fraction(1, 90), 3
    with Writer(tmp_path / "film.mp4", Target("h264", 64, 48)) as writer:
        writer.write(picture, Fraction(0))
        writer.write(picture, Fraction(1, 3))
    assert (picture.frame.pts, picture.frame.time_base, picture.frame.pict_type) == (77, Fraction(1, 90), 3)
    assert times(tmp_path / "film.mp4") == [0, Fraction(1, 3)]


@pytest.mark.parametrize("matrix", ["bt601", "bt709", "bt2020"])
@pytest.mark.parametrize("full", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize("deep", [False, True], ids=["8 bit", "10 bit"])
def test_pixels_keep_their_colour(tmp_path, matrix, full, deep):
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (120, 130, 140)]
    flat = np.array(colours, np.uint8).reshape(2, 3, 3).repeat(16, 0).repeat(16, 1)
    flat = flat.astype(np.uint16) * 257 if deep else flat
    colour = Colour(matrix, "bt709", "bt709", full)
    target = Target("ffv1", 48, 32, Fraction(25), chroma="444", depth=10 if deep else 8, colour=colour)
    written(tmp_path / "film.mkv", target, [flat])
    frame = frames(tmp_path / "film.mkv")[0]
    there = RawPicture(frame, colour, 10 if deep else 8, False).pixels()
    error = np.abs(there.astype(int) - flat.astype(int)).max() / (257 if deep else 1)
    assert error <= (1.0 if deep else 2.0)
    assert int(frame.color_range) == (2 if full else 1)


def test_transparent_pixels_lie_on_black_where_a_film_holds_no_alpha(tmp_path):
    clear = np.full((32, 32, 4), 255, np.uint8)
    clear[:, 16:, 3] = 0
    written(tmp_path / "film.mkv", Target("ffv1", 32, 32, Fraction(25), alpha=False), [clear])
    there = pixels(frames(tmp_path / "film.mkv")[0])
    assert (there[:, :16] == 255).all() and (there[:, 16:] == 0).all()


@pytest.mark.parametrize(("codec", "name"), [("vp9", "f.webm"), ("prores4444", "f.mov"), ("gif", "f.gif")])
def test_alpha_is_kept_by_codecs_that_hold_it(tmp_path, codec, name):
    picture = textured(0)
    picture = np.concatenate([picture, np.full((48, 64, 1), 255, np.uint8)], -1)
    picture[:, 32:, 3] = 0
    written(tmp_path / name, Target(codec, 64, 48, Fraction(25)), [picture] * 2)
    with av.open(str(tmp_path / name)) as container:
        context = container.streams.video[0].codec_context
        if codec == "vp9":  # FFmpeg's own decoder leaves alpha out
            context = av.CodecContext.create("libvpx-vp9", "r")
        found = [frame for packet in container.demux(video=0) if packet.size for frame in context.decode(packet)]
        found += context.decode(None)
    alpha = found[0].reformat(format="rgba").to_ndarray()[..., 3]
    assert alpha[:, :30].min() > 250 and alpha[:, 34:].max() < 5


# Every codec


@pytest.mark.parametrize("row", CODECS.values(), ids=lambda row: row.id)
def test_every_codec_writes_a_film_with_sound_that_is_found_right(tmp_path, row):
    for suffix in row.containers:
        path = tmp_path / f"{suffix[1:]}_folder" / f"n_%03d{suffix}" if row.sequence else tmp_path / f"film{suffix}"
        size = max(96, row.smallest), max(64, row.smallest)
        target = Target(row.id, *size, RATE, sample_rate=48000, channels=2, quality=40)
        writer = written(path, target, [textured(i, *size) for i in range(5)], sound=sine(440, 0, 8008))
        assert bool(row.sound) == (writer.notices == ())
        if row.sequence:
            assert sorted(file.name for file in path.parent.iterdir()) == [f"n_{i:03d}{suffix}" for i in range(1, 6)]
        else:
            assert verify(path, writer.expected).right
            assert not verify(path, replace(writer.expected, pictures=6)).right
    assert not list(tmp_path.glob("**/*.part"))


@pytest.mark.parametrize("row", SOUND_CODECS.values(), ids=lambda row: row.id)
@pytest.mark.parametrize(("channels", "sample_rate"), [(1, 8000), (2, 44100), (6, 48000), (8, 96000)])
def test_every_codec_writes_sound_alone(tmp_path, row, channels, sample_rate):
    for suffix in row.containers:
        if suffix in (".wav", ".flac", ".m4a", ".mka", ".opus", ".ogg"):
            path = tmp_path / f"sound{suffix}"
            with Writer(path, Target(row.id, sample_rate=sample_rate, channels=channels)) as writer:
                writer.write_sound(np.repeat(sine(440, 0, sample_rate // 2, sample_rate)[:1], channels, 0))
            with av.open(str(path)) as container:
                assert container.streams.audio[0].codec_context.layout.nb_channels == channels


@pytest.mark.parametrize(
    ("codec", "name"),
    [("h264", "a.mp4"), ("h265", "a.mp4"), ("vp9", "a.webm"), ("av1", "a.mp4"), ("prores", "a.mov"), ("gif", "a.gif"),
     ("jpeg", "a.jpg")],
)  # fmt: skip
def test_more_quality_is_a_larger_file(tmp_path, codec, name):
    shown = [textured(i, 128, 96) for i in range(1 if codec == "jpeg" else 6)]
    sizes = []
    for quality in (5, 35, 65, 95):
        written(tmp_path / name, Target(codec, 128, 96, Fraction(25), quality=quality), shown)
        sizes.append((tmp_path / name).stat().st_size)
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1]


@few
@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    codec=st.sampled_from(["h264", "h265", "vp9", "av1", "prores", "ffv1", "gif"]),
)
def test_any_size_is_written_or_widened_by_one_and_said(tmp_path, width, height, codec):
    width, height = width + CODECS[codec].smallest - 1, height + CODECS[codec].smallest - 1
    path = tmp_path / f"film{CODECS[codec].containers[0]}"
    writer = written(path, Target(codec, width, height, Fraction(25)), [textured(i, width, height) for i in range(2)])
    there = frames(path)[0]
    widened = (there.width, there.height) != (width, height)
    assert 0 <= there.width - width <= 1 and 0 <= there.height - height <= 1
    assert widened == any("the edge is repeated" in notice for notice in writer.notices)
    assert not widened or CODECS[codec].even


# Times and tags


@pytest.mark.parametrize("count", [1, 2])
def test_a_film_of_a_picture_or_two_is_written_by_x265_every_time(tmp_path, count):
    pictures = [textured(number, 64, 64) for number in range(count)]
    for number in range(12):  # one in fourteen failed where its decoding times were left to chance
        path = tmp_path / f"{number}.mp4"
        written(path, Target("h265", 64, 64, Fraction(25)), pictures)
        assert times(path) == [Fraction(number, 25) for number in range(count)]


@given(
    shown=st.lists(st.integers(-(1 << 40), 1 << 40) | st.none(), max_size=4),
    chance=st.integers(-(1 << 62), 1 << 62),
)
def test_only_packets_in_the_order_of_their_pictures_are_given_decoding_times(shown, chance):
    packets = []
    for pts in shown:
        packets.append(av.Packet(b"some"))
        packets[-1].pts, packets[-1].dts = pts, chance
    fits = None not in shown and shown == sorted(shown)
    assert [packet.dts for packet in decoded_as_shown(packets)] == (shown if fits else [chance] * len(shown))


@few
@example(rate=Fraction(66653, 334), first=1)
@given(rate=st.fractions(Fraction(1, 2), 240, max_denominator=1001), first=st.integers(0, 40))
def test_mp4_keeps_the_times_of_any_rate_exactly(tmp_path, rate, first):
    path = tmp_path / "film.mp4"
    with Writer(path, Target("h264", 32, 32, rate)) as writer:
        for number in range(first, first + 4):
            writer.write(textured(number, 32, 32), number / rate)
    assert times(path) == [number / rate for number in range(first, first + 4)]


@few
@given(st.lists(st.integers(1, 90000), min_size=1, max_size=6), st.sampled_from(["mp4", "mov", "mkv"]))
def test_pictures_at_irregular_times_keep_them(tmp_path, steps, suffix):
    path = tmp_path / f"film.{suffix}"
    wanted = [Fraction(sum(steps[:i]), 90000) for i in range(len(steps) + 1)]
    with Writer(path, Target("prores" if suffix == "mov" else "ffv1" if suffix == "mkv" else "h264", 32, 32)) as writer:
        for number, time in enumerate(wanted):
            writer.write(textured(number, 32, 32), time)
    slack = Fraction(1, 1000) if suffix == "mkv" else 0  # Matroska counts milliseconds
    assert all(abs(there - time) <= slack for there, time in zip(times(path), wanted, strict=True))


@pytest.mark.parametrize(("codec", "name"), [("h264", "a.mp4"), ("h265", "a.mov"), ("h264", "a.mkv"), ("av1", "a.mp4")])
def test_what_a_film_says_of_itself_is_kept(tmp_path, codec, name):
    target = Target(
        codec, 96, 64, RATE,
        sample_aspect=Fraction(16, 15),
        colour=Colour("bt601", "smpte170m", "smpte170m"),
        metadata=(("title", "Ein Spaß"), ("encoder", "nobody"), ("artist", "half \udce9 one")),
        chapters=(Chapter(Fraction(0), Fraction(1, 20), "one"), Chapter(Fraction(1, 20), Fraction(1, 10), "two")),
    )  # fmt: skip
    written(tmp_path / name, target, [textured(i, 96, 64) for i in range(4)])
    with av.open(str(tmp_path / name)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert container.metadata["title"] == "Ein Spaß"
        assert container.metadata.get("encoder", container.metadata.get("ENCODER")) != "nobody"
        assert [chapter["metadata"]["title"] for chapter in container.chapters()] == ["one", "two"]
        assert stream.sample_aspect_ratio == Fraction(16, 15)
        assert abs(stream.average_rate - RATE) < Fraction(1, 100)
        tags = context.colorspace, context.color_primaries, context.color_trc, context.color_range
        assert tuple(int(tag) for tag in tags) == (6, 6, 6, 1)
    if codec == "h265":
        assert b"hvc1" in (tmp_path / name).read_bytes()


def test_an_mp4_can_be_played_while_it_is_fetched(tmp_path):
    written(tmp_path / "film.mp4", Target("h264", 64, 48, RATE), [textured(i) for i in range(4)])
    content = (tmp_path / "film.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_pictures_must_come_in_order_and_in_the_right_size(tmp_path):
    writer = Writer(tmp_path / "a.mp4", Target("h264", 64, 48, RATE))
    writer.write(textured(0), 3 / RATE)
    with pytest.raises(ValueError, match="after one at"):
        writer.write(textured(1), 3 / RATE)
    with pytest.raises(ValueError, match="63 x 48"):
        writer.write(textured(0, 63), 4 / RATE)
    with pytest.raises(ValueError, match="multiple"):
        writer.write(textured(0), Fraction(2))
    writer.discard()
    assert list(tmp_path.iterdir()) == []
