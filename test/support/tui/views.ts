/** Views as a session makes them, for tests and the demo: one lesson in ten moments. */
import type { DiffLine } from '../../../src/session/events.ts';
import type { CheckView, MonitorView, SectionView, StepView, View } from '../../../src/session/view.ts';
import { bullets, code, numbered, para } from './texts.ts';

/** 14:07:30 UTC on some day. */
export const now = Date.UTC(2026, 4, 12, 14, 7, 30);

const conf = [
  '[program:zergpool]',
  'command         = uwsgi --plugin zergpool --master --zerg-pool /srv/galaxy/var/zergpool.sock:127.0.0.1:4001 --logto /srv/galaxy/log/zergpool.log',
  'directory       = /srv/galaxy/server',
  'priority        = 899',
  'umask           = 022',
  'autostart       = true',
  'autorestart     = true',
  'startsecs       = 5',
  'user            = galaxy',
  'environment     = HOME="/srv/galaxy",PATH="/srv/galaxy/venv/bin:%(ENV_PATH)s"',
  'numprocs        = 1',
  'stopsignal      = INT',
  '',
  '[group:gx]',
  'programs = zergpool,zergling0,zergling1,handler',
].join('\n');

const galaxyIni = [
  '[uwsgi]',
  '; basics',
  'processes = 2',
  'threads = 2',
  'master = True',
  '',
  '; zerg mode',
  'plugins-dir = /srv/galaxy/venv/lib/uwsgi/plugins',
  'plugin = spinningfifo',
  '',
  "; fifo '0'",
  'master-fifo = /srv/galaxy/var/zerg-new.fifo',
  "; fifo '1'",
  'master-fifo = /srv/galaxy/var/zerg-run.fifo',
  "; fifo '2'",
  'master-fifo = /srv/galaxy/var/zerg-old.fifo',
  '',
  'zerg = /srv/galaxy/var/zergpool.sock',
  'hook-accepting1-once = writefifo:/srv/galaxy/var/zerg-run.fifo 2q',
  'hook-accepting1-once = spinningfifo:/srv/galaxy/var/zerg-new.fifo 1',
].join('\n');

const startChecks = [
  'no uwsgi process of the old kind is left',
  'supervisor has read the new configuration',
  'gx:zergpool is RUNNING',
  'gx:zergling0 is RUNNING',
  'gx:zergling1 is STOPPED',
  'gx:handler0 is RUNNING',
  'gx:handler1 is RUNNING',
  'the pool listens on 127.0.0.1:4001',
  'zergpool.sock is a listening socket',
  'zerg-run.fifo is a FIFO and belongs to galaxy',
  'zerg-new.fifo is a FIFO',
  'zerg-old.fifo is a FIFO',
  'uwsgi answers on 127.0.0.1:9190',
  'http://localhost/ answers with Galaxy’s page',
];

const intro: SectionView = {
  id: 'introduction',
  title: 'Introduction',
  shortTitle: 'Introduction',
  kind: 'reading',
  number: 0,
  status: 'open',
  body: [
    para(
      'In its ordinary mode one uWSGI process does everything: it opens the port, loads the application and answers the requests. Restart it, and until the application has loaded again clients wait, or are turned away.',
    ),
    para('[Zerg mode](https://uwsgi-docs.readthedocs.io/en/latest/Zerg.html) splits the work in two:'),
    bullets(
      'The **zerg pool** is a small process that opens the port and does nothing else. It hardly ever needs a restart.',
      '**Zerglings** are the processes with the application in them.',
    ),
    para('A restart is then no longer "stop the old one, start the new one" but the reverse:'),
    numbered(
      'One zergling serves. Start a second one.',
      'While the second loads, the first goes on serving.',
      'The first ends; the second serves.',
    ),
  ],
  explain: [],
  steps: [],
  checks: [],
  hints: [],
  hintCount: 0,
};

const supervisor: SectionView = {
  id: 'section-1---configure-supervisor',
  title: 'Section 1 - Configure Supervisor',
  shortTitle: 'Configure Supervisor',
  kind: 'work',
  number: 1,
  status: 'locked',
  body: [
    para(
      'supervisor runs Galaxy on this server. Take `/etc/supervisor/conf.d/galaxy.conf` out of service and make a directory for the socket and the FIFOs:',
    ),
    code(
      'console',
      'sudo mv /etc/supervisor/conf.d/galaxy.conf /etc/supervisor/conf.d/galaxy.conf.disabled\nsudo -Hu galaxy mkdir /srv/galaxy/var',
      's1:1',
    ),
    para('This is the new `galaxy.conf`:'),
    code('ini', conf, 's1:2'),
    para('Nothing is restarted yet.'),
  ],
  explain: [para('supervisor has read nothing yet: it looks at `conf.d` only when it is told to.')],
  steps: [
    step('s1:1', 'run', { commands: ['sudo mv a b', 'sudo -Hu galaxy mkdir /srv/galaxy/var'] }),
    step('s1:2', 'write', { path: '/etc/supervisor/conf.d/galaxy.conf' }),
  ],
  checks: [
    check('s1/1', 'the old galaxy.conf is out of the way'),
    check('s1/2', '/srv/galaxy/var belongs to galaxy'),
    check('s1/3', 'the new galaxy.conf has a zergpool and two zerglings'),
    check('s1/4', 'zergling1 does not start by itself'),
  ],
  hints: [],
  hintCount: 1,
};

const galaxy: SectionView = {
  id: 'section-2---configure-galaxy',
  title: 'Section 2 - Configure Galaxy',
  shortTitle: 'Configure Galaxy',
  kind: 'work',
  number: 2,
  status: 'locked',
  body: [
    para(
      'A zerg pool hands its listening socket to every zergling that connects, over a UNIX socket. Zerglings are steered by one byte written to a FIFO. The `[uwsgi]` section of `galaxy.ini` says all of that:',
    ),
    code('ini', galaxyIni, 's2:1'),
    para(
      'The two hooks at the end are the heart of it: the **first** tells the zergling that runs now to become old and quit, the *second* makes this one the one that runs.',
    ),
    {
      type: 'table',
      align: ['left', 'left', 'right'],
      header: [[{ type: 'text', text: 'FIFO' }], [{ type: 'text', text: 'who reads it' }], [{ type: 'text', text: 'slot' }]],
      rows: [
        [
          [{ type: 'code', text: 'zerg-new.fifo' }],
          [{ type: 'text', text: 'a zergling that has just been started and still loads its application' }],
          [{ type: 'text', text: '0' }],
        ],
        [
          [{ type: 'code', text: 'zerg-run.fifo' }],
          [{ type: 'text', text: 'the one that serves' }],
          [{ type: 'text', text: '1' }],
        ],
        [
          [{ type: 'code', text: 'zerg-old.fifo' }],
          [{ type: 'text', text: 'the one that is about to go' }],
          [{ type: 'text', text: '2' }],
        ],
      ],
    },
    {
      type: 'quote',
      children: [para('A FIFO is a file that one process writes to and another one reads from; nothing is stored.')],
    },
  ],
  explain: [para('Galaxy now knows the pool; it has not been restarted yet, so nothing has changed for its users.')],
  steps: [step('s2:1', 'write', { path: '/srv/galaxy/config/galaxy.ini' })],
  checks: [
    check('s2/1', '[uwsgi] master = True'),
    check('s2/2', 'master-fifo is given three times', { hasHint: true }),
    check('s2/3', 'both hooks run on accepting1-once'),
  ],
  hints: [],
  hintCount: 0,
};

const uwsgi: SectionView = {
  id: 'section-3---configure-uwsgi',
  title: 'Section 3 - Configure uWSGI',
  shortTitle: 'Configure uWSGI',
  kind: 'work',
  number: 3,
  status: 'locked',
  body: [
    para('The hook is a small plugin. Build it as the user `ubuntu`:'),
    code(
      'console',
      'sudo apt install -y uuid-dev libcap-dev libpcre3-dev libssl-dev\ncurl -LO https://example.org/spinningfifo.c\nuwsgi --build-plugin spinningfifo.c',
      's3:1',
    ),
    para('Then install it:'),
    code(
      'console',
      'sudo -u galaxy mkdir -p /srv/galaxy/venv/lib/uwsgi/plugins\nsudo mv spinningfifo_plugin.so /srv/galaxy/venv/lib/uwsgi/plugins',
      's3:2',
    ),
    para('A look at the plugin, if you like:'),
    code('sh', 'less /usr/local/src/spinningfifo/spinningfifo.c', 's3:3'),
  ],
  explain: [],
  steps: [
    step('s3:1', 'run', {
      commands: ['cp /usr/local/src/spinningfifo/spinningfifo.c .', 'uwsgi --build-plugin spinningfifo.c', 'ls -l'],
      because: 'The host has no network; the source is already on it, and so are the packages.',
    }),
    step('s3:2', 'run', {
      commands: [
        'sudo -u galaxy mkdir -p /srv/galaxy/venv/lib/uwsgi/plugins',
        'sudo mv spinningfifo_plugin.so /srv/galaxy/venv/lib/uwsgi/plugins',
      ],
    }),
    step('s3:3', 'run', { commands: ['less /usr/local/src/spinningfifo/spinningfifo.c'], optional: true }),
  ],
  checks: [check('s3/1', 'the plugin is built and in place'), check('s3/2', 'it belongs to galaxy', { hasHint: true })],
  hints: [],
  hintCount: 0,
};

const start: SectionView = {
  id: 'section-4---start-the-zerg-galaxy',
  title: 'Section 4 - Start the zerg Galaxy',
  shortTitle: 'Start the zerg Galaxy',
  kind: 'work',
  number: 4,
  status: 'locked',
  body: [para('Stop your existing Galaxy services:'), code('console', 'sudo supervisorctl stop all', 's4:1')],
  explain: [],
  steps: [step('s4:1', 'run', { commands: ['sudo supervisorctl stop all'] })],
  checks: Array.from({ length: 14 }, (_, index) =>
    check(`s4/${index + 1}`, startChecks[index] ?? 'nothing', { hasHint: index === 9 }),
  ),
  hints: [],
  hintCount: 0,
};

const restart: SectionView = {
  id: 'section-5---restart-galaxy',
  title: 'Section 5 - Restart Galaxy',
  shortTitle: 'Restart Galaxy',
  kind: 'work',
  number: 5,
  status: 'locked',
  body: [
    para('Galaxy is restarted (somewhat unintuitively) by launching the second zergling:'),
    code('console', 'sudo supervisorctl start gx:zergling1', 's5:1'),
    para('You can watch with `sudo supervisorctl status`:'),
    bullets(
      'zergling1 will start; until it is fully loaded, both remain running',
      'once fully loaded, zergling1 signals zergling0 to terminate',
      'zergling0 will exit, and `EXITED` is what its status says',
    ),
  ],
  explain: [para('Not one request was lost.')],
  steps: [step('s5:1', 'run', { commands: ['sudo supervisorctl start gx:zergling1'] })],
  checks: [
    check('s5/1', 'gx:zergling1 has been RUNNING for 3 s'),
    check('s5/2', 'both zerglings were alive while the new one loaded'),
    check('s5/3', 'gx:zergling0 is EXITED'),
    check('s5/4', 'no request failed'),
  ],
  hints: [],
  hintCount: 0,
};

const further: SectionView = {
  id: 'further-reading',
  title: 'Further reading',
  shortTitle: 'Further reading',
  kind: 'reading',
  number: 0,
  status: 'locked',
  body: [
    bullets(
      '[uWSGI Master FIFO](http://uwsgi-docs.readthedocs.io/en/latest/MasterFIFO.html)',
      '[uWSGI docs](http://uwsgi-docs.readthedocs.org/)',
    ),
  ],
  explain: [],
  steps: [],
  checks: [],
  hints: [],
  hintCount: 0,
};

/** A step, not done. */
export function step(block: string, kind: StepView['kind'], more: Partial<StepView> = {}): StepView {
  return { block, kind, status: 'todo', optional: false, commands: [], finished: 0, ...more };
}

/** A check, not asked yet. */
export function check(id: string, title: string, more: Partial<CheckView> = {}): CheckView {
  return { id, title, status: 'unknown', hasHint: false, ...more };
}

const sections = [intro, supervisor, galaxy, uwsgi, start, restart, further];

/** The lesson with section `open` open and everything before it done. */
export function viewAt(open: number, more: Partial<View> = {}, own: Partial<SectionView> = {}): View {
  return {
    lesson: {
      id: 'uwsgi-zerg-mode',
      title: 'uWSGI Zerg Mode',
      introduction: [para('Restart a web application as often as you like, and let nobody who is using it notice.')],
      minutes: 45,
    },
    host: { status: 'ready', kind: 'sandbox' },
    sections: sections.map((section, index) => {
      if (index > open) return { ...section, explain: [] };
      if (index === open) return { ...section, status: 'open', explain: [], ...own };
      return {
        ...section,
        status: 'done',
        steps: section.steps.map((each) => ({ ...each, status: 'done', finished: each.commands.length })),
        checks: section.checks.map((each) => ({ ...each, status: 'pass' })),
      };
    }),
    shown: open,
    open,
    workTotal: 5,
    workDone: Math.max(0, open - 1),
    finished: false,
    unlocked: null,
    question: null,
    running: null,
    notice: null,
    startedAt: now - 14 * 60_000,
    ...more,
  };
}

/** Checks of a section with what was found. */
export function judged(open: number, found: readonly Partial<CheckView>[]): readonly CheckView[] {
  return (sections[open]?.checks ?? []).map((each, index) => ({ ...each, ...found[index] }));
}

function steps(open: number, ...states: readonly Partial<StepView>[]): readonly StepView[] {
  return (sections[open]?.steps ?? []).map((each, index) => ({ ...each, ...states[index] }));
}

const diff: readonly DiffLine[] = [
  { sign: ' ', text: '[app:main]' },
  { sign: ' ', text: 'paste.app_factory = galaxy.web.buildapp:app_factory' },
  { sign: 'gap', text: '31 lines as they are' },
  { sign: ' ', text: '[uwsgi]' },
  { sign: '-', text: 'socket = 127.0.0.1:4001' },
  { sign: '-', text: 'processes = 1' },
  ...galaxyIni
    .split('\n')
    .slice(1)
    .map((text): DiffLine => ({ sign: '+', text })),
];

const monitor: MonitorView = {
  url: 'http://localhost/',
  served: 1204,
  failed: 0,
  slowestMs: 141,
  seconds: Array.from({ length: 60 }, (_, second) => ({
    served: 5,
    failed: 0,
    slowestMs: second > 44 && second < 52 ? 60 + second : 12 + (second % 7),
  })),
  failure: null,
  programs: [
    {
      name: 'gx:zergling0',
      changes: [
        { at: now - 600_000, state: 'RUNNING' },
        { at: now - 4_000, state: 'EXITED' },
      ],
    },
    {
      name: 'gx:zergling1',
      changes: [
        { at: now - 600_000, state: 'STOPPED' },
        { at: now - 15_000, state: 'STARTING' },
        { at: now - 6_000, state: 'RUNNING' },
      ],
    },
  ],
  now,
};

/** Every moment that a screen must be good at. */
export const moments = {
  'the first start, while the host is prepared': viewAt(0, {
    host: { status: 'preparing', kind: 'sandbox', sentence: 'Installing 58 packages…', fraction: 0.32 },
  }),
  'a host that could not be made ready': viewAt(0, {
    host: {
      status: 'failed',
      kind: 'sandbox',
      sentence: 'The packages could not be downloaded: mirror.example cannot be reached.',
      tries: ['Look at the network, then start again.', 'Behind a proxy, set http_proxy before starting.'],
    },
  }),
  'section 1 before anything is done': viewAt(
    1,
    {},
    {
      checks: judged(1, [
        { status: 'fail', actual: 'no such file', expected: 'a file' },
        { status: 'fail', actual: 'nothing there', expected: 'a directory of galaxy' },
        { status: 'fail', actual: 'no section [program:zergpool]', expected: 'the sections of the text', hasHint: true },
        { status: 'error', sentence: 'the file cannot be read: input/output error' },
      ]),
    },
  ),
  'section 2 with a check that fails': viewAt(
    2,
    {},
    {
      steps: steps(2, { status: 'failed', sentence: 'The disk is full: nothing was written, the file is as it was.' }),
      checks: judged(2, [
        { status: 'pass' },
        { status: 'fail', actual: '2: zerg-new.fifo, zerg-run.fifo', expected: '3: zerg-new.fifo, zerg-run.fifo, zerg-old.fifo' },
        { status: 'pending', sentence: 'waits for the line above' },
      ]),
    },
  ),
  'section 2 with its hint': viewAt(
    2,
    {},
    {
      checks: judged(2, [
        { status: 'pass' },
        {
          status: 'fail',
          actual: '2: zerg-new.fifo, zerg-run.fifo',
          expected: '3: zerg-new.fifo, zerg-run.fifo, zerg-old.fifo',
          hint: 'A key that is given several times keeps all its values in uWSGI, in order: the first is slot 0, the next slot 1. Give master-fifo once more, for the old one.',
        },
        { status: 'pending' },
      ]),
    },
  ),
  'writing a file is confirmed': viewAt(2, {
    question: {
      type: 'write',
      block: 's2:1',
      preview: {
        path: '/srv/galaxy/config/galaxy.ini',
        as: 'root',
        owner: 'galaxy',
        group: 'galaxy',
        mode: '0644',
        exists: true,
        same: false,
        diff,
      },
    },
  }),
  'section 2 is done': viewAt(
    2,
    {
      workDone: 2,
      unlocked: {
        sentence: 'Section 2 done.',
        next: { id: 'section-3---configure-uwsgi', title: 'Section 3 - Configure uWSGI' },
      },
    },
    {
      status: 'done',
      explain: galaxy.explain,
      steps: steps(2, { status: 'done' }),
      checks: judged(2, [{ status: 'pass' }, { status: 'pass' }, { status: 'pass' }]),
    },
  ),
  'section 3 while a step runs': viewAt(
    3,
    { running: 's3:1' },
    {
      steps: steps(3, { status: 'running', finished: 1 }),
      checks: judged(3, [{ status: 'fail', actual: 'no such file', expected: 'a file' }, { status: 'unknown' }]),
    },
  ),
  'section 3 with a step that failed, and a regression': viewAt(
    3,
    { notice: { sentence: 'Another block is still being run: wait for it.', tone: 'problem', at: now - 1_000 } },
    {
      steps: steps(3, { status: 'done', finished: 3 }, { status: 'failed', finished: 1, sentence: 'mv ended with exit code 1.' }),
      checks: [
        ...judged(3, [{ status: 'pass' }, { status: 'fail', actual: 'ubuntu:ubuntu', expected: 'galaxy:galaxy' }]),
        check('s2/2', 'master-fifo is given three times', {
          status: 'fail',
          regressed: true,
          since: now - 90_000,
          held: now - 92_000,
          after: 'sudo nano /srv/galaxy/config/galaxy.ini',
          actual: '2',
          expected: '3',
        }),
      ],
    },
  ),
  'a host that was lost': viewAt(3, {
    host: {
      status: 'lost',
      kind: 'sandbox',
      sentence: 'The host has ended: its first process was killed.',
      tries: ['Start it again: your files and your progress are kept.'],
    },
  }),
  'sections are solved by the program': viewAt(
    2,
    { going: { section: 'section-4---start-the-zerg-galaxy', done: 1, total: 3 } },
    { steps: steps(2) },
  ),
  'earlier sections are asked about again': viewAt(3, { reviewing: true }),
  'section 4 with more checks than fit': viewAt(
    4,
    {},
    {
      checks: judged(4, [
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pending', sentence: 'STARTING for 4 s' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'fail', actual: 'a plain file', expected: 'a FIFO of galaxy' },
        { status: 'fail', actual: 'nothing there', expected: 'a FIFO' },
        { status: 'fail', actual: 'nothing there', expected: 'a FIFO' },
        { status: 'error', sentence: 'no answer within 5 s' },
        { status: 'fail', actual: '502 Bad Gateway', expected: '200' },
      ]),
    },
  ),
  'section 5 while zergling1 takes over': viewAt(
    5,
    {},
    {
      monitor,
      steps: steps(5, { status: 'done', finished: 1 }),
      checks: judged(5, [
        { status: 'pending', sentence: 'RUNNING for 2 s' },
        { status: 'pass' },
        { status: 'pass' },
        { status: 'pass' },
      ]),
    },
  ),
  'section 5 while requests fail': viewAt(
    5,
    {},
    {
      monitor: {
        ...monitor,
        served: 812,
        failed: 37,
        slowestMs: 8_214,
        failure: '502 Bad Gateway',
        seconds: monitor.seconds.map((second, index) =>
          index > 48 && index < 56
            ? { served: 0, failed: 5, slowestMs: 0 }
            : index === 56
              ? { ...second, slowestMs: 8_214 }
              : second,
        ),
      },
      checks: judged(5, [
        { status: 'fail', actual: 'STOPPED', expected: 'RUNNING for 3 s' },
        { status: 'unknown' },
        { status: 'unknown' },
        { status: 'fail', actual: '37 failed', expected: 'none' },
      ]),
    },
  ),
  'the lesson is finished': viewAt(6, { workDone: 5, finished: true }),
} as const satisfies Readonly<Record<string, View>>;
