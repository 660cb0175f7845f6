import { runBench } from './lib/run-bench.ts';

await runBench('test/bench/panel/main.ts');
