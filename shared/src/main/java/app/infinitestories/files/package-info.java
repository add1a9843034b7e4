/** Level 3: uploads of users, by signed address, checked before anybody may use them. */
@org.jspecify.annotations.NullMarked
package app.infinitestories.files;
