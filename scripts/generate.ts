/** `pnpm generate`: what is derived from the contracts. Start, test and packaging run it by themselves. */
export { generate } from '../packages/contracts/generator/generate.ts';

if (import.meta.main) {
  const { generate } = await import('../packages/contracts/generator/generate.ts');
  console.log((await generate()) ? 'Validators generated.' : 'Validators are current.');
}
