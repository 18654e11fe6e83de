/** A resource of a CloudFormation template that is being made. */
export interface TemplateResource {
  Type: string;
  DeletionPolicy?: string;
  DependsOn?: string | string[];
  Properties?: Record<string, unknown>;
}

export interface Template {
  readonly Resources: Record<string, TemplateResource>;
}

/** The resources of a type, with their logical ids. */
export const ofType = ({ Resources }: Template, type: string): [string, TemplateResource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
