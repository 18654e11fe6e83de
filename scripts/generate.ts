/** `pnpm generate`: what is derived from the contracts. Start, test and packaging run it by themselves. */
import { generate } from '../packages/contracts/generator/generate.ts';

export { generate };

if (import.meta.main) console.log((await generate()) ? 'Validators generated.' : 'Validators are current.');
