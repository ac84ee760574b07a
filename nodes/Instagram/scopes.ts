/** https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login */
export const scopes = {
	write: ['instagram_business_basic', 'instagram_business_content_publish'],
	extended: ['instagram_business_manage_comments', 'instagram_business_manage_insights'],
} as const;

/** https://developers.facebook.com/documentation/instagram-platform/content-publishing */
export const facebookScopes = {
	write: [
		'instagram_basic',
		'instagram_content_publish',
		'pages_show_list',
		'pages_read_engagement',
		'business_management',
	],
	extended: ['instagram_manage_comments', 'instagram_manage_insights', 'instagram_manage_contents'],
} as const;
