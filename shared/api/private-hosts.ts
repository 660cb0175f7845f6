/** `SIDETRAIL_ALLOW_PRIVATE`: hosts in private networks that may be called all the same. For tests. */

const HOST_AND_PORT = /^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]):(\d{1,5})$/;

/** The `host:port` of a list between commas, in lower case, or what is wrong with it. */
export function readPrivateHosts(
  text: string,
): { ok: true; hosts: string[] } | { ok: false; problem: string } {
  const hosts = text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
  const wrong = hosts.find((host) => {
    const port = HOST_AND_PORT.exec(host)?.[1];
    return port === undefined || Number(port) < 1 || Number(port) > 65_535;
  });
  if (wrong === undefined) return { ok: true, hosts };
  return { ok: false, problem: 'SIDETRAIL_ALLOW_PRIVATE is a list such as 127.0.0.1:9000,localhost:9001' };
}
