import { describe, expect, test } from 'vitest';
import { explainEngine } from './engine.ts';
import { isAlive, namesFor, ownIdentity } from './labels.ts';

describe("an engine's failures are told with what to do", () => {
  test.each([
    ['spawn docker ENOENT', 'docker-missing'],
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?', 'docker-not-running'],
    ['Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock', 'docker-denied'],
    ['error during connect: Get "http://class:2375/version": dial tcp: lookup class: no such host', 'docker-not-running'],
    ['write /x: no space left on device', 'host-disk-full'],
    ["docker: something odd.\nSee 'docker run --help'.", 'docker-failed'],
  ])('%s', (words, code) => {
    const error = explainEngine('docker', words);
    expect(error.code).toBe(code);
    expect(error.tries.length).toBeGreaterThan(0);
    expect(error.message).not.toContain("See '");
  });
});

describe('whose a container is', () => {
  test('a living program is known by its number and start, another with the same number is not it', () => {
    expect(isAlive(ownIdentity())).toBe(true);
    expect(isAlive(`${process.pid}-1`)).toBe(false);
    expect(isAlive('')).toBe(false);
    expect(isAlive(`${process.pid}-`)).toBe(false);
  });

  test('sessions and state folders have names of their own', () => {
    const names = [
      namesFor('/a', 'tour', 'docker'),
      namesFor('/a', 'tour--auto', 'docker'),
      namesFor('/b', 'tour', 'docker'),
      namesFor('/a', 'ein anderer', 'docker'),
    ];
    expect(new Set(names.map((each) => each.container)).size).toBe(4);
    expect(new Set(names.map((each) => each.snapshots)).size).toBe(4);
    for (const each of names) expect(each.container).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
  });
});
