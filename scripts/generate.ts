/** `pnpm generate`: what is derived from the contracts. Start, test and packaging run it by themselves. */
import { generate } from '@app/contracts/generator';

export { generate };

if (import.meta.main) console.log((await generate()) ? 'Operations generated.' : 'Operations are current.');
