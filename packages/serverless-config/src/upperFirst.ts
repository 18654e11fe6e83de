/** With its first letter in upper case, as logical ids of templates begin. */
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
