import { expect, test } from 'vitest';
import { sandboxLimits } from './sandbox-limits.ts';

const limits = (...texts: readonly string[]): readonly string[] =>
  sandboxLimits(texts.map((text) => ({ text, where: 'x' }))).map(({ need, command }) => `${need}: ${command}`);

test.each([
  ['mount -o loop disk.img /mnt', 'kernel: mount -o loop disk.img /mnt'],
  ['cd / && sudo mount -t tmpfs none /mnt | cat', 'kernel: mount -t tmpfs none /mnt'],
  ['sudo -n /sbin/losetup -f disk.img', 'kernel: losetup -f disk.img'],
  ['LOOP=$(losetup -f)', 'kernel: losetup -f'],
  ['mkswap /s\nswapon /s  # now', 'kernel: swapon /s'],
  ['if true; then swapoff -a; fi', 'kernel: swapoff -a'],
  ['ip route add default via 10.0.0.1', 'kernel: ip route add default via 10.0.0.1'],
  ['ip -4 link set eth0 down', 'kernel: ip -4 link set eth0 down'],
  ['route add default gw 10.0.0.1', 'kernel: route add default gw 10.0.0.1'],
  ['iptables -A INPUT -j DROP', 'kernel: iptables -A INPUT -j DROP'],
  ['sysctl -w vm.swappiness=10', 'kernel: sysctl -w vm.swappiness=10'],
  ['modprobe loop', 'kernel: modprobe loop'],
  ['crontab -e', 'cron: crontab -e'],
  ['(crontab -l; echo "* * * * * date") | crontab -', 'cron: crontab -l'],
  [`mount -o loop ${'x'.repeat(100)}`, `kernel: mount -o loop ${'x'.repeat(45)}…`],
])('the sandbox refuses `%s`', (text, told) => expect(limits(text)).toEqual([told]));

test.each([
  'mount',
  'mount | grep /mnt',
  'mount -l',
  'findmnt; losetup; losetup -a | cat; swapon --show; swapon -s; free',
  'ip route; ip a; ip -br link show; route -n',
  'sysctl vm.swappiness; sysctl -n kernel.hostname; lsmod; modprobe',
  'man mount\napt-get install -y iptables cron\necho swapon /s\necho "then mount it; mount it (mount it"',
  '# mount it (mount /a /b)\nls # swapon /s',
  'cat > fstab.sh <<EOF\nmount /a /b\nEOF\ncat fstab.sh',
  'docker volume create x; docker run --mount type=bind,source=/a,target=/b y',
  'ls /etc/crontab; cat /var/spool/cron/crontabs/root; grep crontab x',
  'kubectl mount pod; git route add x',
])('and not what only looks or is not run: %s', (text) => expect(limits(text)).toEqual([]));

test('of each sort the first is told, and cron only where nobody starts it', () => {
  expect(limits('crontab x', 'mount /a /b', 'swapon /s')).toEqual(['kernel: mount /a /b', 'cron: crontab x']);
  for (const start of ['service cron start', 'sudo cron', '/etc/init.d/cron restart', 'crond -f &'])
    expect(limits('crontab x', start)).toEqual([]);
});
