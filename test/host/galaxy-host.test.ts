/** The Galaxy host itself: what prepare and start leave behind, before anybody has touched it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostProgress } from '../../src/host/host.ts';
import { type GalaxyTry, say, tryNewGalaxy, until } from './galaxy-try.ts';

describe('the Galaxy host', () => {
  let galaxy: GalaxyTry;
  const told: HostProgress[] = [];

  beforeAll(async () => {
    galaxy = await tryNewGalaxy();
    await galaxy.host.prepare((progress) => told.push(progress));
    await galaxy.host.start();
  });
  afterAll(() => galaxy.end());

  test('tells how far it has come, package by package, and never goes back', () => {
    const fractions = told.flatMap((each) => (each.fraction === undefined ? [] : [each.fraction]));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    const sentences = told.map((each) => each.sentence.replace(/^.*?: /, ''));
    // Which packages are missing depends on the machine; that each is named does not.
    expect(
      sentences.filter(
        (sentence) =>
          /packages/.test(sentence) &&
          !/^(Installing \d+ packages: \S+|Fetching \d+ packages|Updating the lists of packages|Finding out which packages are missing)$/.test(
            sentence,
          ),
      ),
    ).toEqual([]);
    expect(sentences).toContain('Setting up Galaxy under /srv/galaxy');
    expect(fractions.at(-1)).toBe(1);
  });

  test('answers at http://localhost/ through nginx, as plain text and as a page', async () => {
    const text = await say(galaxy.host, 'curl -sS --max-time 30 http://localhost/', 'ubuntu');
    expect(text).toMatch(/^Galaxy stand-in 1\.0\nanswered by web, process \d+\n/);
    const page = await say(galaxy.host, "curl -sS --max-time 30 -H 'Accept: text/html' http://localhost/", 'ubuntu');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('<strong>web</strong>');
  });

  test('runs the ordinary Galaxy: one web process and two job handlers in the group gx', async () => {
    await until(
      'all three are RUNNING',
      async () => (await say(galaxy.host, 'supervisorctl status || :')).match(/RUNNING/g)?.length === 3,
    );
    const status = await say(galaxy.host, 'supervisorctl status');
    expect(status.split('\n').map((line) => line.split(' ')[0])).toEqual(['gx:handler0', 'gx:handler1', 'gx:web', '']);
    expect(await say(galaxy.host, 'ps -o user= -C uwsgi | sort -u')).toBe('galaxy\n');
  });

  test('has a user who may do everything by sudo without a password', async () => {
    expect(await say(galaxy.host, 'sudo -n id -un; sudo -nHu galaxy sh -c "id -un; echo $HOME"', 'ubuntu')).toBe(
      'root\ngalaxy\n/home/ubuntu\n',
    );
    expect(await say(galaxy.host, 'sudo -Hu galaxy env | grep ^HOME', 'ubuntu')).toBe('HOME=/srv/galaxy\n');
  });

  test('has the files that the exercise begins with, and none that it makes', async () => {
    const { host } = galaxy;
    expect(await host.stat('/etc/supervisor/conf.d/galaxy.conf')).toMatchObject({ type: 'file', owner: 'root', mode: '0644' });
    expect(await host.stat('/srv/galaxy/config/galaxy.ini')).toMatchObject({ type: 'file', owner: 'galaxy', group: 'galaxy' });
    expect(await host.stat('/usr/local/src/spinningfifo/spinningfifo.c')).toMatchObject({ type: 'file', mode: '0644' });
    expect(await host.stat('/srv/galaxy/venv/bin/python')).not.toBeNull();
    expect(await host.stat('/srv/galaxy/var')).toBeNull();
    expect(await host.stat('/srv/galaxy/venv/lib/uwsgi')).toBeNull();
    const about = (await host.readFile('/srv/galaxy/ABOUT-THIS-HOST.txt')).toString('utf8');
    expect(about).toContain('is a stand-in');
  });

  test('needs no network for the packages of the exercise', async () => {
    const said = await say(galaxy.host, 'sudo apt install -y uuid-dev libcap-dev libpcre3-dev libssl-dev', 'ubuntu');
    expect(said).toMatch(/0 upgraded, 0 newly installed/);
  });

  test('builds the plugin without a warning', async () => {
    const said = await say(
      galaxy.host,
      'cd ~ && cp /usr/local/src/spinningfifo/spinningfifo.c . && uwsgi --build-plugin spinningfifo.c 2>&1 && rm spinningfifo*',
      'ubuntu',
    );
    expect(said).toContain('spinningfifo plugin built and available in spinningfifo_plugin.so');
    expect(said).not.toMatch(/warning:/);
  });

  test('has the real uwsgitop at hand, or says why not', async () => {
    const wheels = (await say(galaxy.host, 'ls /usr/local/share/galaxy-host/wheels')).trim();
    if (wheels === 'WHY-NO-UWSGITOP.txt') {
      const result = await galaxy.host.exec({
        script: 'sudo -Hu galaxy /srv/galaxy/venv/bin/pip install uwsgitop',
        user: 'ubuntu',
      });
      expect(result.code).not.toBe(0);
      expect(await say(galaxy.host, 'cat /srv/galaxy/ABOUT-THIS-HOST.txt')).toContain('could not be fetched from PyPI');
      return;
    }
    expect(wheels).toMatch(/^uwsgitop-[\d.]+-py3-none-any\.whl$/);
    await say(galaxy.host, 'sudo -Hu galaxy /srv/galaxy/venv/bin/pip install uwsgitop', 'ubuntu');
    expect(await say(galaxy.host, 'sudo -Hu galaxy /srv/galaxy/venv/bin/uwsgitop --help', 'ubuntu')).toContain('usage: uwsgitop');
  });

  test('is made ready without PyPI as well, and says so where it is looked for', async () => {
    const { host } = galaxy;
    // The running host has no network: just what the step finds when PyPI cannot be reached.
    await say(
      host,
      `cd /run/lockstep/host
rm -rf /usr/local/share/galaxy-host/wheels /srv/galaxy/venv/pip.conf
/srv/galaxy/venv/bin/pip uninstall -y uwsgitop >/dev/null 2>&1
set -e
bash -ec 'galaxy=/srv/galaxy share=/usr/local/share/galaxy-host; . files/setup/progress.sh; . files/setup/uwsgitop.sh; cache_uwsgitop'`,
    );
    const pip = await host.exec({ script: 'sudo -Hu galaxy /srv/galaxy/venv/bin/pip install uwsgitop', user: 'ubuntu' });
    expect(pip.code).not.toBe(0);
    expect(pip.stderr.toString('utf8')).toContain('No matching distribution found for uwsgitop');
    expect(await say(host, 'cat /srv/galaxy/ABOUT-THIS-HOST.txt')).toContain('could not be fetched from PyPI');
    expect(await say(host, 'cat /usr/local/share/galaxy-host/wheels/WHY-NO-UWSGITOP.txt')).toContain('What pip said:');
  });

  test('starts twice without doing anything twice', async () => {
    const before = await say(galaxy.host, 'cat /run/supervisord.pid /run/nginx.pid');
    await say(galaxy.host, '/run/lockstep/host/start.sh');
    expect(await say(galaxy.host, 'cat /run/supervisord.pid /run/nginx.pid')).toBe(before);
  });
});
