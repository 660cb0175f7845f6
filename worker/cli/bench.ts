import { runBench } from './lib/run-bench.ts';

const given = process.argv.slice(2);
const args = given.filter((each) => each !== '--live');
await runBench(args.length < given.length ? 'test/bench/live/main.ts' : 'test/bench/main.ts', args);
