/** Routes of users: registration, own profile, push targets. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.functions.api.users;
