/** The words that names of actions and fields are made of. */

const ID_ENDING = /(?:Ids?|IDs?|IdSet|IdList|Uin|Name)$/;

/** A name as one word, in lower case and the singular: `SecurityGroups` and `securitygroup` are the same. */
export function singular(name: string): string {
  const word = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses')) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** The kind of thing that a field refers to: `InstanceIds` and `InstanceName` to an `instance`; '' where it does not say. */
export function kindOfField(field: string): string {
  return singular(field.replace(ID_ENDING, ''));
}

/** Whether a field holds ids: `InstanceId`, `KeyIds`, `AttachUin`. */
export function isIdField(field: string): boolean {
  return /(?:Ids?|IDs?|IdSet|IdList|Uin)$/.test(field);
}

/** A field's name under which writes of the same setting meet: `SecurityGroups`, `SecurityGroupIds`. */
export function sameField(field: string): string {
  return singular(field.replace(/(?:Ids?|IDs?|IdSet|IdList)$/, '')) || field.toLowerCase();
}
