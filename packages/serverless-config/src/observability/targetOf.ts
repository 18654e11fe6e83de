/** The logical id that an ARN is of, by either form of GetAtt; undefined of one that is written out, or of a topic. */
export const targetOf = (arn: unknown): string | undefined => {
  if (typeof arn !== 'object' || arn === null) return undefined;
  const { 'Fn::GetAtt': attribute } = arn as { 'Fn::GetAtt'?: string | readonly string[] };
  return (typeof attribute === 'string' ? attribute.split('.') : attribute)?.[0];
};
