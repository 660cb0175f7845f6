/** Something a command cannot go on with and its user can mend: told in one sentence, without a stack. */
export class Fault extends Error {}

/**
 * Runs a command's body and ends the process with the code it gives.
 * A `Fault` is printed as its sentence and ends with 1; anything else is a bug and throws.
 */
export async function runCommand(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
