// Property tests take the same examples in every run, so that a landing never hangs on luck. `TOA_DOCTOR_SEED=random` (or a
// number) looks for new ones; a failure prints the seed that repeats it.
import fc from 'fast-check';

const { TOA_DOCTOR_SEED: wish = '20261122' } = process.env;
if (wish !== 'random') fc.configureGlobal({ seed: Number(wish) });
