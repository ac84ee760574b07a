/**
 * API version used if the credential names none:
 * https://learn.microsoft.com/en-us/linkedin/marketing/versioning
 */
export const VERSION = '202609';
