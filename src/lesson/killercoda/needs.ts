/** What a scenario needs that a host of one's own may not have, told before it starts. Pure. */
import { limitSentence, type ShellText, sandboxLimits } from '../../lesson/sandbox-limits.ts';

const LOCAL = String.raw`(?:localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.|\$)`;
const DOWNLOADS = new RegExp(
  String.raw`\b(?:apt|apt-get|yum|dnf|apk|snap|zypper)\b[^\n|;&]{0,80}\b(?:install|update|upgrade|add)\b` +
    String.raw`|\bpip3?\b[^\n|;&]{0,40}\binstall\b|\b(?:npm|yarn|pnpm)\b[^\n|;&]{0,40}\b(?:install|i|ci|add)\b` +
    String.raw`|\b(?:git clone|go get|go install|cargo install|gem install|helm repo add|docker pull|ssh-copy-id)\b` +
    String.raw`|\b(?:curl|wget)\b[^\n|;&]{0,200}?https?://(?!${LOCAL})`,
);

/** Logging in to another machine of the scenario, by the names that the players give them. */
const OTHER_MACHINE =
  /(?:^|[\s;&|(`])(?:ssh|scp|ssh-copy-id)[ \t][^\n|;&]{0,80}?(?:[\w-]{1,32}@)?(?:host0\d|node0\d|controlplane)\b/m;
const KUBERNETES = /(?:^|[\s;&|(`])(?:kubectl|helm|minikube|kubeadm|k3s|k9s|kind|oc|istioctl)(?=\s|$)/m;
const DOCKER = /(?:^|[\s;&|(`])(?:docker|docker-compose|podman|crictl|nerdctl)(?=\s|$)/m;
const SYSTEMD = /(?:^|[\s;&|(`])(?:systemctl|journalctl|loginctl|hostnamectl|timedatectl)(?=\s|$)/m;
const KUBERNETES_IMAGE = /kube|k3s|k8s|openshift|crc|minishift|istio/i;
const DOCKER_IMAGE = /docker|podman|containers?|coreos|swarm/i;
/** Images that are a plain machine. */
const PLAIN_IMAGE = /^(?:ubuntu|debian|linux|terminal|bash)/i;

/**
 * Sentences on what is needed, worst first.
 * @param imageId the machine that the scenario asks for.
 * @param texts all its commands and scripts.
 */
export function needsOf(imageId: string | undefined, texts: readonly ShellText[]): readonly string[] {
  const notes: string[] = [];
  const image = imageId ?? '';
  const kubernetes = texts.find(({ text }) => KUBERNETES.test(text));
  if (KUBERNETES_IMAGE.test(image))
    notes.push(`It needs Kubernetes: it was made for the machine \`${image}\`. The sandbox host has no cluster.`);
  else if (kubernetes) notes.push(`It needs Kubernetes: ${kubernetes.where} uses it. The sandbox host has no cluster.`);
  const docker = texts.find(({ text }) => DOCKER.test(text));
  if (DOCKER_IMAGE.test(image))
    notes.push(`It needs Docker: it was made for the machine \`${image}\`. The sandbox host cannot run containers.`);
  else if (docker) notes.push(`It needs Docker: ${docker.where} uses it. The sandbox host cannot run containers.`);
  const systemd = texts.find(({ text }) => SYSTEMD.test(text));
  if (systemd) notes.push(`It needs systemd: ${systemd.where} uses it. Nothing on the sandbox host is run by systemd.`);
  const login = texts.map(({ text, where }) => ({ where, found: OTHER_MACHINE.exec(text)?.[0] })).find(({ found }) => found);
  if (login?.found !== undefined) {
    const command = login.found
      .replace(/^[;&|(`]/, '')
      .replace(/\s+/g, ' ')
      .trim();
    notes.push(`It needs another machine: ${login.where} says \`${command}\`. Here is one host, and no other to log in to.`);
  }
  for (const { need, where, command } of sandboxLimits(texts)) {
    const what = need === 'cron' ? 'cron' : 'a kernel of its own';
    notes.push(`It needs ${what}: ${where} says \`${command}\`. ${limitSentence(need)}`);
  }
  const download = texts.map(({ text, where }) => ({ where, found: DOWNLOADS.exec(text)?.[0] })).find(({ found }) => found);
  if (download?.found !== undefined) {
    const command = download.found.replace(/\s+/g, ' ').trim();
    notes.push(
      `It needs the internet: ${download.where} says \`${command}\`. Give it this machine's network with --network shared.`,
    );
  }
  const other = image !== '' && !KUBERNETES_IMAGE.test(image) && !DOCKER_IMAGE.test(image) && !PLAIN_IMAGE.test(image);
  if (other) notes.push(`It was made for the machine \`${image}\`; what that has installed may be missing here.`);
  return notes;
}
