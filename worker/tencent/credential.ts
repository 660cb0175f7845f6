/** An API key of Tencent Cloud, with the token that belongs to it where it is a temporary one. */
export interface Credential {
  secretId: string;
  secretKey: string;
  token?: string;
}
