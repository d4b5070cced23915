"""What goes wrong between a terminal and its server, as chances per request or row."""

from dataclasses import dataclass


@dataclass
class Faults:
    repeat: float = 0.0  # a batch is sent again although it was taken
    shuffle: float = 0.0  # the rows of a batch are out of order
    unheard: float = 0.0  # the answer is lost, so the batch comes again
    cut: float = 0.0  # the connection drops in the middle of a body
    junk: float = 0.0  # a bad row stands between good ones
    refusals: float = 0.0  # someone known is refused
    operations: float = 0.0  # an operation log with names, passwords, templates
    pictures: float = 0.0  # a picture is uploaded, or comes with an event
    no_length: float = 0.0  # a post without a length

    def fate(self, chance):
        throw = chance.random()
        if throw < self.unheard:
            return "unheard"
        return "cut" if throw < self.unheard + self.cut else "answered"


NONE = Faults()
ALL = Faults(repeat=0.05, shuffle=0.3, unheard=0.04, cut=0.04, junk=0.02, refusals=0.02, operations=0.2,
             pictures=0.2, no_length=0.01)
