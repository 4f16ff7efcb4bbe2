"""The public functions: each behind the front door."""

from . import functions
from .door.entrance import entrance

acnnapplygrads = entrance(functions.acnnapplygrads)
acnnbp = entrance(functions.acnnbp)
acnnff = entrance(functions.acnnff)
acnnloss = entrance(functions.acnnloss)
acnnnumgradcheck = entrance(functions.acnnnumgradcheck)
acnnpredict = entrance(functions.acnnpredict)
acnnsetup = entrance(functions.acnnsetup)
acnntest = entrance(functions.acnntest)
acnntrain = entrance(functions.acnntrain)
cnnapplygrads = entrance(functions.cnnapplygrads)
cnnbp = entrance(functions.cnnbp)
cnnff = entrance(functions.cnnff)
cnnnumgradcheck = entrance(functions.cnnnumgradcheck)
cnnpredict = entrance(functions.cnnpredict)
cnnsetup = entrance(functions.cnnsetup)
cnntest = entrance(functions.cnntest)
cnntrain = entrance(functions.cnntrain)
