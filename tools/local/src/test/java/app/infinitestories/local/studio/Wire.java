package app.infinitestories.local.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Speaks to a studio by plain HTTP, and makes the pictures that the tests send. */
public final class Wire implements AutoCloseable {
  public static final String OPENAI_KEY = "sk-offline-not-a-real-key";
  public static final String RUNWAY_KEY = "key_offline_not_a_real_key";
  private static final MediaType JSON = MediaType.get("application/json");
  private final OkHttpClient http =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  /** An answer read whole. */
  @SuppressWarnings("ArrayRecordComponent") // tests read it once
  public record Answer(int status, okhttp3.Headers headers, byte[] bytes) {
    public JsonNode json() {
      return Json.read(bytes).orElseThrow();
    }
  }

  public Answer openAi(Studio studio, String path, ObjectNode body) throws IOException {
    return send(
        openAiRequest(studio, path).post(RequestBody.create(body.toString(), JSON)).build());
  }

  public Answer openAiForm(Studio studio, String path, MultipartBody form) throws IOException {
    return send(openAiRequest(studio, path).post(form).build());
  }

  public Answer runway(Studio studio, String path, ObjectNode body) throws IOException {
    return send(
        runwayRequest(studio, path).post(RequestBody.create(body.toString(), JSON)).build());
  }

  public Answer runway(Studio studio, String path) throws IOException {
    return send(runwayRequest(studio, path).get().build());
  }

  public Answer get(String url) throws IOException {
    return send(new Request.Builder().url(url).build());
  }

  public Answer send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return new Answer(response.code(), response.headers(), response.body().bytes());
    }
  }

  public static Request.Builder openAiRequest(Studio studio, String path) {
    return new Request.Builder()
        .url(studio.openAiUrl() + path)
        .header("Authorization", "Bearer " + OPENAI_KEY);
  }

  public static Request.Builder runwayRequest(Studio studio, String path) {
    return new Request.Builder()
        .url(studio.runwayUrl() + path)
        .header("Authorization", "Bearer " + RUNWAY_KEY)
        .header("X-Runway-Version", "2024-11-06");
  }

  public static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  /** A photo as simple as can be: hair above a face above a jumper. */
  public static BufferedImage photo(Color hair, Color skin, Color top) {
    BufferedImage photo = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = photo.createGraphics();
    g.setColor(new Color(0xdfe8ee));
    g.fillRect(0, 0, 300, 400);
    g.setColor(hair);
    g.fillOval(80, 40, 140, 150);
    g.setColor(skin);
    g.fillOval(95, 85, 110, 130);
    g.setColor(Color.DARK_GRAY);
    g.fillOval(120, 135, 12, 12);
    g.fillOval(168, 135, 12, 12);
    g.setColor(top);
    g.fillRoundRect(60, 225, 180, 190, 60, 60);
    g.dispose();
    return photo;
  }

  public static String dataUri(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
