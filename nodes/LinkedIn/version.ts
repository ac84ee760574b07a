/** Of the API, where a credential names no other: https://learn.microsoft.com/en-us/linkedin/marketing/versioning */
export const VERSION = '202609';
