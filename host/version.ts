/** The version of Pressmark. A test keeps it equal to package.json, which a built program does not have next to it. */
export const version = '0.1.0';
