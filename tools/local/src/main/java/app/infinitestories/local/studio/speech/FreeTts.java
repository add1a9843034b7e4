package app.infinitestories.local.studio.speech;

import app.infinitestories.local.studio.media.Pcm;
import com.sun.speech.freetts.VoiceManager;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** English by FreeTTS, in this process. FreeTTS is not thread-safe: one sentence at a time. */
final class FreeTts implements Engine {
  private static final int RATE = 16_000;
  private static final int WORDS_PER_MINUTE = 116;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern UNSPEAKABLE = Pattern.compile("[^A-Za-z0-9 .,;:!?'\\-]+");

  private com.sun.speech.freetts.@Nullable Voice kevin;

  @Override
  public synchronized short[] speak(String sentence, Language language, Voice voice, double pace) {
    String text = speakable(sentence);
    if (text.isBlank()) {
      return new short[0];
    }
    if (kevin == null) {
      kevin = allocate();
    }
    kevin.setRate((float) (WORDS_PER_MINUTE * pace * voice.pace()));
    kevin.setPitch(voice.pitchHertz());
    kevin.setPitchRange(voice.pitchHertz() * 0.14f);
    RecordingPlayer player = new RecordingPlayer();
    kevin.setAudioPlayer(player);
    kevin.speak(text);
    byte[] bytes = player.recorded();
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).asShortBuffer().get(samples); // FreeTTS writes big-endian
    return Resampler.between(RATE, Pcm.RATE).apply(samples);
  }

  private static com.sun.speech.freetts.Voice allocate() {
    System.setProperty(
        "freetts.voices", "com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory");
    com.sun.speech.freetts.Voice voice = VoiceManager.getInstance().getVoice("kevin16");
    voice.allocate();
    return voice;
  }

  /** Letters without accents, digits and plain punctuation: FreeTTS stumbles over the rest. */
  private static String speakable(String sentence) {
    String plain =
        sentence
            .replace('\u2019', '\'')
            .replace('\u2018', '\'')
            .replaceAll("[\u2013\u2014\u2026]", ", ");
    String bare = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll("");
    String text = UNSPEAKABLE.matcher(bare).replaceAll(" ").strip();
    return text.chars().anyMatch(Character::isLetterOrDigit) ? text : "";
  }
}
