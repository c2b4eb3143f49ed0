from shopwright.catalog.versions.growth import Growth, anywhere


async def test_there_is_room_for_everything_unless_somebody_says_otherwise():
    async with anywhere(Growth(products=10**9)) as given:
        assert given is None
