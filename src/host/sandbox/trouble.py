"""Errors that reach the person at the terminal."""


class Trouble(Exception):
    """`code` is a stable word that the program maps to what to try; the message is a whole sentence."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def as_json(self):
        return {'error': {'code': self.code, 'sentence': self.sentence}}
