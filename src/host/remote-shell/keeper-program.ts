/**
 * The keeper of a shell on a host that is reached over a network: holds the shell's terminal there, so that the shell and
 * what runs in it go on when the connection does not. Python, since sh can hold no terminal; text only. Who talks to it
 * is `terminal/kept-pty.ts`, through `attach` on the host, which is started anew with each connection.
 *
 * `keeper start NAME WORD…` starts WORD… in a terminal, once for each NAME, and attaches; `keeper attach NAME` only attaches, exit code 3 when
 * there is no such keeper. Both then pass frames between their own input and output and the keeper:
 * a letter, the length in four bytes (big-endian), that many bytes.
 *
 * To the keeper: `h` "OFFSET" how much output has arrived so far; `i` input; `r` "COLS ROWS"; `a` "OFFSET" output that has
 * arrived meanwhile; `q` hang up. From it: `h` "OFFSET" how much input it has had so far; `o` output from there on;
 * `n` "OFFSET" input had meanwhile; `x` "CODE" the shell has ended (128 + n by signal n), after all its output.
 */
export const KEEPER = `import errno, fcntl, os, pty, select, signal, socket, struct, sys, termios, time

MOST = 16 << 20
PATIENCE = 3600
ENDED_PATIENCE = 300


def frame(kind, data):
    return kind + struct.pack('>I', len(data)) + data


class Frames:
    def __init__(self):
        self.rest = b''

    def take(self, data):
        self.rest += data
        while len(self.rest) >= 5:
            end = 5 + struct.unpack('>I', self.rest[1:5])[0]
            if len(self.rest) < end:
                return
            kind, data, self.rest = self.rest[:1], self.rest[5:end], self.rest[end:]
            yield kind, data


class Keeper:
    """The shell's terminal, what it said that nobody has yet, and at most one client."""

    def __init__(self, listener, words):
        self.listener = listener
        self.client = None
        self.frames = None
        self.outbox = bytearray()
        self.inbox = bytearray()
        self.had = 0
        self.said = bytearray()
        self.base = 0
        self.sent = 0
        self.code = None
        self.greeted = self.told = False
        self.done = False
        self.alone_since = time.monotonic()
        self.shell, self.master = pty.fork()
        if self.shell == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.execvp(words[0], words)
        os.set_blocking(self.master, False)
        # The shell's end is to be noticed also while something that it left behind holds the terminal.
        self.woken, waker = os.pipe()
        os.set_blocking(waker, False)
        signal.set_wakeup_fd(waker)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self):
        while not self.done:
            self.turn()
        self.hang_up()

    def turn(self):
        poll = select.poll()
        poll.register(self.listener, select.POLLIN)
        if self.master is not None:
            wants = (select.POLLIN if len(self.said) < MOST else 0) | (select.POLLOUT if self.inbox else 0)
            if wants:
                poll.register(self.master, wants)
        if self.client is not None:
            poll.register(self.client, select.POLLIN | (select.POLLOUT if self.outbox else 0))
        poll.register(self.woken, select.POLLIN)
        ready = dict(poll.poll(0 if self.has_more() else 5000))
        if self.woken in ready:
            os.read(self.woken, 512)
        if self.listener.fileno() in ready:
            self.accept()
        if self.client is not None and self.client.fileno() in ready:
            self.talk(ready[self.client.fileno()])
        if self.master is not None and self.master in ready:
            self.move(ready[self.master])
        self.reap()
        self.pass_on()
        if self.client is None:
            patience = PATIENCE if self.code is None else ENDED_PATIENCE
            self.done = self.done or time.monotonic() - self.alone_since > patience

    def has_more(self):
        return self.client is not None and self.greeted and not self.outbox and self.sent < self.base + len(self.said)

    def accept(self):
        client, _ = self.listener.accept()
        uid = struct.unpack('3i', client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[1]
        if uid != os.getuid():
            client.close()
            return
        # The newest one counts: the one before may hang on a connection that is dead.
        self.drop()
        client.setblocking(False)
        self.client, self.frames = client, Frames()
        self.greeted = self.told = False

    def drop(self):
        if self.client is not None:
            self.client.close()
        self.client = None
        self.outbox.clear()
        self.alone_since = time.monotonic()

    def talk(self, ready):
        try:
            if ready & select.POLLOUT:
                del self.outbox[:self.client.send(self.outbox)]
            if ready & (select.POLLIN | select.POLLHUP | select.POLLERR):
                data = self.client.recv(65536)
                if not data:
                    return self.drop()
                for kind, text in self.frames.take(data):
                    self.obey(kind, text)
        except BlockingIOError:
            pass
        except OSError:
            self.drop()

    def obey(self, kind, text):
        if kind == b'h':
            self.arrived(int(text))
            self.sent = self.base
            self.greeted = True
            self.outbox += frame(b'h', b'%d' % self.had)
        elif kind == b'a':
            self.arrived(int(text))
        elif kind == b'i':
            self.inbox += text
            self.had += len(text)
            self.outbox += frame(b'n', b'%d' % self.had)
        elif kind == b'r' and self.master is not None:
            cols, rows = (int(word) for word in text.split())
            fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack('4H', rows, cols, 0, 0))
        elif kind == b'q':
            self.done = True

    def arrived(self, offset):
        del self.said[:max(0, offset - self.base)]
        self.base = max(self.base, offset)

    def move(self, ready):
        try:
            if ready & select.POLLOUT and self.inbox:
                del self.inbox[:os.write(self.master, self.inbox[:4096])]
            if ready & (select.POLLIN | select.POLLHUP | select.POLLERR):
                data = os.read(self.master, 65536)
                self.said += data
                if not data:
                    raise OSError(errno.EIO, 'end')
        except BlockingIOError:
            pass
        except OSError:
            # Nobody holds the terminal's other end any more.
            os.close(self.master)
            self.master = None

    def reap(self):
        if self.code is not None:
            return
        pid, status = os.waitpid(self.shell, os.WNOHANG if self.master is not None else 0)
        if pid == 0:
            return
        self.code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
        # What the shell left behind may hold the terminal and say more; its own last words are all there by now.
        while self.master is not None:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                break
            if not data or len(self.said) > 2 * MOST:
                break
            self.said += data

    def pass_on(self):
        if self.client is None or not self.greeted:
            return
        if len(self.outbox) < 262144:
            at = self.sent - self.base
            data = bytes(self.said[at:at + 65536])
            if data:
                self.outbox += frame(b'o', data)
                self.sent += len(data)
        if self.code is not None and self.sent == self.base + len(self.said) and not self.told:
            self.told = True
            self.outbox += frame(b'x', b'%d' % self.code)
        if self.outbox:
            self.talk(select.POLLOUT)

    def hang_up(self):
        if self.master is not None:
            os.close(self.master)
        if self.code is None:
            for name, wait in ((signal.SIGHUP, 2), (signal.SIGKILL, 0)):
                try:
                    os.killpg(self.shell, name)
                except OSError:
                    break
                end = time.monotonic() + wait
                while time.monotonic() < end and os.waitpid(self.shell, os.WNOHANG)[0] == 0:
                    time.sleep(0.05)
        os._exit(0)


def start(address, words):
    """Becomes two: the keeper, in a session of its own, and the one that attaches to it."""
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return  # it was started before the connection was cut
    listener.listen(4)
    if os.fork():
        listener.close()
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    for name in (signal.SIGHUP, signal.SIGPIPE):
        signal.signal(name, signal.SIG_IGN)
    nothing = os.open('/dev/null', os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    Keeper(listener, words).run()


def attach(address):
    keeper = socket.socket(socket.AF_UNIX)
    try:
        keeper.connect(address)
    except OSError:
        sys.exit(3)
    while True:
        ready, _, _ = select.select([0, keeper], [], [])
        if keeper in ready:
            data = keeper.recv(65536)
            if not data:
                sys.exit(0)
            give(1, data)
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                return part(keeper)
            keeper.sendall(data)


def give(number, data):
    while data:
        try:
            data = data[os.write(number, data):]
        except OSError:
            sys.exit(0)


def part(keeper):
    """Whoever ends only our input has gone; a connection that is cut takes our output with it, and the shell stays."""
    time.sleep(0.5)
    poll = select.poll()
    poll.register(1, 0)
    if not poll.poll(0):
        keeper.sendall(frame(b'q', b''))


verb, name = sys.argv[1], sys.argv[2]
if verb == 'start':
    start('\\0lockstep-shell.' + name, sys.argv[3:])
attach('\\0lockstep-shell.' + name)
`;
