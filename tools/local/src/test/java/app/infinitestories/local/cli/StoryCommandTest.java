package app.infinitestories.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong with the arguments is said before anything boots. */
class StoryCommandTest {
  private static final int USAGE = 2;

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new StoryCommand()).setErr(new PrintWriter(err)).execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--genre, horror, --genre is one of",
    "--language, pt, --language is one of",
    "--length, endless, --length is one of",
    "--age, 0, --age is 1 to 18",
    "--age, 19, --age is 1 to 18",
    "--age, five, 'Invalid value for option'",
    "--name, ' ', --name has 1 to 100 characters",
    "--seed, x, Invalid value for option",
    "--wait-minutes, 0, --wait-minutes is at least 1",
    "--photo, none.png, there is none at none.png",
    "--second-language, pt, --second-language is one of",
    "--second-language, en, --second-language is another one",
    "--idea-voice, none.wav, there is none at none.wav"
  })
  void refusesWhatTheApiWouldRefuse(String option, String value, String words) {
    assertEquals(USAGE, run(option, value));

    assertTrue(err.toString().contains(words), err.toString());
  }

  @Test
  void aPhotoIsAPicture() throws Exception {
    var text = Files.writeString(folder.resolve("photo.txt"), "no picture");

    assertEquals(USAGE, run("--photo", text.toString()));

    assertTrue(err.toString().contains("not photo.txt"), err.toString());
  }

  @Test
  void anIdeaIsASound() throws Exception {
    var text = Files.writeString(folder.resolve("idea.txt"), "no sound");

    assertEquals(USAGE, run("--idea-voice", text.toString()));

    assertTrue(err.toString().contains("not idea.txt"), err.toString());
  }

  @Test
  void theHelpNamesEveryOption() {
    var help = new CommandLine(new StoryCommand()).getUsageMessage();

    var options =
        "photo name age genre language second-language idea-voice ask length no-video seed out";
    for (String option : options.split(" ", -1)) {
      assertTrue(help.contains("--" + option), help);
    }
    assertTrue(help.contains("Default: Mia"), help);
  }
}
