/** https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin */
const member = ['openid', 'profile', 'w_member_social'] as const;

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/community-management-overview */
const organization = [
	'w_organization_social',
	'r_organization_social',
	'rw_organization_admin',
] as const;

/**
 * Comments have scopes of their own:
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
 */
const more = [
	'email',
	'r_basicprofile',
	'r_member_social',
	'w_member_social_feed',
	'w_organization_social_feed',
] as const;

export const linkedInScopes = {
	write: member,
	organization,
	more,
	extended: [...organization, ...more],
};
