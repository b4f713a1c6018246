"""What waits of a broker's messages is bounded by number and by size, and keeps its order."""

from backend.intake.sensors.mqtt.messages import Backlog, BrokerMessage


def message(number: int, size: int = 10) -> BrokerMessage:
    return BrokerMessage("yima/s/d/alarm", bytes(size), number, 1, 1)


def test_the_oldest_are_taken_first_and_there_is_space_again():
    backlog = Backlog(most=4)
    for number in range(4):
        assert not backlog.is_full
        backlog.add(message(number))

    assert backlog.is_full and not backlog.is_half_empty
    assert [each.number for each in backlog.take(3)] == [0, 1, 2]
    assert backlog.is_half_empty and not backlog.is_full
    assert [each.number for each in backlog.take(9)] == [3]
    assert backlog.take(9) == []


def test_a_few_large_messages_fill_it_too():
    backlog = Backlog(most=1000, most_bytes=100_000)

    backlog.add(message(1, 60_000))
    backlog.add(message(2, 60_000))

    assert backlog.is_full
    backlog.take(1)
    assert not backlog.is_full and not backlog.is_half_empty
    backlog.take(1)
    assert backlog.is_half_empty
