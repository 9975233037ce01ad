import { expect, test } from 'vitest';
import { isDoor, splitAtDoor } from './doors.ts';

test.each([
  'ssh root@host01',
  'ssh -p 2222 -o StrictHostKeyChecking=no root@10.0.0.2',
  'ssh -i key node01',
  'su - postgres',
  'su',
  'sudo -i',
  'sudo -u galaxy -i',
  'sudo su -',
  'docker exec -it web bash',
  'sudo podman run --rm -ti debian /bin/sh',
  'kubectl exec -ti pod -- sh',
])('%s leads to another shell', (command) => {
  expect(isDoor(command)).toBe(true);
});

test.each([
  'ssh root@host01 uptime',
  'ssh-keygen -t rsa',
  'sudo systemctl restart ssh',
  'docker exec web ls',
  'su -c id',
  'echo ssh host',
])('%s does not', (command) => {
  expect(isDoor(command)).toBe(false);
});

test('a text is taken apart behind such a command, where something follows it', () => {
  expect(splitAtDoor('cd /srv\nssh root@host01\nfor i in 1 2; do\n  yes\ndone')).toEqual({
    before: 'cd /srv\nssh root@host01',
    after: 'for i in 1 2; do\n  yes\ndone',
    door: 'ssh root@host01',
  });
  expect(splitAtDoor('uptime\nssh root@host01')).toBeNull();
  expect(splitAtDoor("cat <<'END'\nssh root@host01\nyes\nEND")).toBeNull();
});
