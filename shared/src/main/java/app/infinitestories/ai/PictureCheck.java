package app.infinitestories.ai;

/**
 * What the story model sees in a picture.
 *
 * @param sameHero the hero is the one of the character sheet
 * @param safe nothing in it is unfit for a child
 * @param reason why not, for the next prompt; it describes a drawing, never a person
 */
public record PictureCheck(boolean sameHero, boolean safe, String reason) {}
