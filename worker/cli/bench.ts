import { runBench } from './lib/run-bench.ts';

await runBench('test/bench/main.ts');
