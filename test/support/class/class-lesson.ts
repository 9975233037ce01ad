/** A lesson of ten sections as a class knows it, for tests and pictures of the instructor's page. */
import type { ClassLesson } from '../../../src/classroom/protocol/learner-api.ts';

type Check = readonly [title: string, hint: string];

const SECTIONS: readonly (readonly [title: string, checks: readonly Check[]])[] = [
  ['Introduction', []],
  [
    'Install the packages',
    [
      ['nginx is installed', 'Install it with `sudo apt install nginx`.'],
      ['supervisor is installed', 'It is a package of its own: `sudo apt install supervisor`.'],
    ],
  ],
  [
    'A user for Galaxy',
    [
      ['there is a user galaxy', '`sudo useradd --system --create-home galaxy` makes it.'],
      ['its home is /srv/galaxy', 'Give `--home-dir /srv/galaxy`, or `usermod -d`.'],
      ['/srv/galaxy is owned by galaxy', '`sudo chown galaxy: /srv/galaxy`.'],
    ],
  ],
  [
    'Configure Galaxy',
    [
      ['galaxy.yml is there', 'Copy galaxy.yml.sample to galaxy.yml first.'],
      [
        'the database connection names PostgreSQL',
        'The line is `database_connection: postgresql:///galaxy?host=/run/postgresql`.',
      ],
      ['the admin user is you', '`admin_users` takes the address that you registered with.'],
    ],
  ],
  [
    'Install a plugin',
    [
      ['the plugin is in config/plugins', 'Unpack it there, not in your home.'],
      ['plugin is owned by galaxy', 'You unpacked as root. `sudo chown -R galaxy: config/plugins` gives it to Galaxy.'],
      ['the plugin is listed', 'Its folder has to have the name that plugin.xml says.'],
      ['its options are readable', '`chmod o+r` on options.yml.'],
    ],
  ],
  [
    'Start it under supervisor',
    [
      ['supervisor knows galaxy', '`supervisorctl reread`, then `update`.'],
      ['galaxy is running', '`supervisorctl tail galaxy stderr` says why it is not.'],
      ['it answers on port 8080', 'Look whether something else listens there: `ss -ltnp`.'],
    ],
  ],
  [
    'A proxy in front',
    [
      ['nginx passes requests on', '`proxy_pass http://127.0.0.1:8080;` inside `location /`.'],
      ['static files come from nginx', 'A `location /static` with an `alias`.'],
    ],
  ],
  [
    'Your first tool',
    [
      ['the tool is in tool_conf.xml', 'One `<tool file="…"/>` inside a section.'],
      ['its job ran', 'Run it once from the interface.'],
    ],
  ],
  ['Jobs on a cluster', [['job_conf.yml names two runners', 'The sample has one for each kind; keep local and slurm.']]],
  ['Restart without losing a request', [['no request failed', 'Start the new zergling before you stop the old one.']]],
];

/** The lesson. Ids are made of titles, as a real one's are. */
export const classLesson: ClassLesson = {
  id: 'galaxy-admin',
  title: 'Galaxy administration',
  sections: SECTIONS.map(([title, checks], index) => ({
    id: idOf(title),
    title,
    kind: index === 0 ? 'reading' : 'work',
    checks: checks.map(([check, hint]) => ({ id: `${idOf(title)}.${idOf(check)}`, title: check, hints: [hint] })),
  })),
};

function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
