import { expect, test } from 'vitest';
import { nodeTooOld } from '../../bin/node-version.js';
import { explainFailure } from './dependencies.mjs';
import { explainAptFailure } from './packages.mjs';

test.each([
  ['18.20.4', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['22.0.0', false],
])('Node %s is too old: %s', (version, tooOld) => {
  expect(nodeTooOld(version) !== null).toBe(tooOld);
});

test('a Node that is too old is told which one is needed and which it is', () => {
  expect(nodeTooOld('18.1.0')).toBe(
    'Lockstep needs Node 20.19 or newer; this is Node 18.1.0. Install a newer one and try again.',
  );
});

test.each([
  ['npm error code EAI_AGAIN\nnpm error request to https://registry.example/ink failed', /registry cannot be reached/],
  ['npm error code ENOSPC', /disk is full/],
  ['npm error code EACCES\nnpm error path /srv/lockstep/node_modules', /cannot be written to/],
  ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when …', /disagree.*npm install/],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  ['something else', /exit code 7/],
])('npm saying %j is explained', (output, sentence) => {
  const told = explainFailure(7, output);
  expect(told).toMatch(sentence);
  expect(told).toContain('To see it alone: npm ci');
  expect(told).toContain(output.split('\n')[0]);
});

test.each([
  [
    'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (unattended-upgr)\nE: Unable to acquire the dpkg frontend lock',
    /process 4711, unattended-upgr/,
  ],
  ['E: Could not get lock /var/lib/apt/lists/lock.', /Another package manager/],
  ["W: Failed to fetch http://deb.example/…  Temporary failure resolving 'deb.example'", /mirror cannot be reached/],
  ['E: You do not have enough free space in /var/cache/apt/archives/.', /disk is full/],
  ["E: dpkg was interrupted, you must manually run 'dpkg --configure -a'", /dpkg --configure -a/],
  ['E: Unable to locate package tmux', /package lists do not have/],
  ['E: something else', /could not be installed/],
])('apt saying %j is explained, with the command to run', (output, sentence) => {
  const told = explainAptFailure(output, ['python3', 'tmux']);
  expect(told).toMatch(sentence);
  expect(told).toContain('\n    sudo apt-get update && sudo apt-get install -y python3 tmux\n');
});
