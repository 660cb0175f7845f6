/**
 * Who is signed in to the console, by two of its cookies asked for by name. All of them are never read: the
 * session's key is among them. Nothing where the browser or the console does not tell.
 */
export async function signedIn(): Promise<{ uin?: string; ownerUin?: string }> {
  const [uin, ownerUin] = await Promise.all([digitsOf('uin'), digitsOf('ownerUin')]);
  return { ...(uin !== undefined && { uin }), ...(ownerUin !== undefined && { ownerUin }) };
}

/** Numbers stand between letters there: `o100000000011`, `O100000000001G`. */
async function digitsOf(name: string): Promise<string | undefined> {
  try {
    const cookie = await cookieStore.get(name);
    return /\d+/.exec(cookie?.value ?? '')?.[0];
  } catch {
    return undefined;
  }
}
