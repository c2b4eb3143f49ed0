import struct

from shopwright.seo.gate.share_pictures import picture_size

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 630, 1200) + b"\x03"


def test_sizes():
    assert picture_size(b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 1200, 630)) == (1200, 630)
    assert picture_size(JPEG) == (1200, 630)
    assert picture_size(JPEG[:10]) is None
    assert picture_size(b"RIFF") is None
    assert picture_size(b"\xff\xd8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00") is None
