/**
 * What is shown in the pictures of the README. Each step waits for a text, presses keys, types, takes a picture; a
 * learner could do the same by hand.
 */

const SIZE = { cols: 120, rows: 34 };

/** Minutes that preparing the Galaxy host may take where it is not in the cache. */
const PREPARING = 15 * 60_000;

export const scenarios = [
  {
    name: 'learning',
    title: 'lockstep run uwsgi-zerg-mode',
    args: ['run', 'uwsgi-zerg-mode'],
    before: ['reset', 'uwsgi-zerg-mode', '--yes'],
    ...SIZE,
    steps: [
      { wait: /ubuntu@galaxy:\S*\$/, within: PREPARING },
      { press: ['Enter'], until: /Write \/etc\/supervisor/, within: 90_000 },
      { press: ['y'] },
      { press: ['Enter'], until: /2 Configure Galaxy[\s\S]*✗/, within: 60_000 },
      { press: ['Ctrl-]'], type: 'ls -l /srv/galaxy\r' },
      { wait: /galaxy galaxy[\s\S]*\$/, shot: 'learning' },
    ],
  },
  {
    name: 'restart',
    title: 'lockstep run uwsgi-zerg-mode --auto',
    args: ['run', 'uwsgi-zerg-mode', '--auto'],
    ...SIZE,
    steps: [
      { wait: /Write \/srv\/galaxy\/config\/galaxy\.ini[\s\S]*y write/, within: PREPARING, shot: 'write' },
      { wait: /zergling0 .*EXITED \d[\s\S]*zergling1 .*RUNNING \d/, within: 10 * 60_000, shot: 'restart' },
      // Full-screen programs in the pane, on the lesson's host: the third tab watches the zergling that took over.
      { wait: /All 5 sections are done/, within: 5 * 60_000, press: ['3', 'Ctrl-]', 'z', 'Ctrl-]'] },
      { wait: /node: \S+ - cwd[\s\S]*WID .*REQ/, within: 30_000, shot: 'uwsgitop' },
      { press: ['Ctrl-]', 'z', '1'], type: 'vim +/zerg /srv/galaxy/config/galaxy.ini\r' },
      { wait: /\[uwsgi\][\s\S]*\d+,1 +(Top|\d+%)/, within: 20_000, shot: 'vim' },
      { type: ':q!\r' },
      { wait: /vim \+\/zerg[\s\S]*ubuntu@galaxy:~\$/, within: 20_000, type: 'htop\r' },
      { wait: /F1Help/, within: 20_000, shot: 'htop' },
      { type: 'q' },
    ],
  },
];
