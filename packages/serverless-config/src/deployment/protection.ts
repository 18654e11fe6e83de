import { ofType, type Template } from './template.ts';

/**
 * Takes the deletion protection of tables that the stack does not have yet: were their first deployment to fail, they could
 * not be deleted, and so not be made again. The next deployment protects them. Returns their logical ids.
 */
export const unprotectNewTables = (template: Template, deployed: Template | undefined): string[] =>
  ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, { Properties = {} }]) => {
    if (Properties['DeletionProtectionEnabled'] !== true || deployed?.Resources[id]) return [];
    Properties['DeletionProtectionEnabled'] = false;
    return [id];
  });
