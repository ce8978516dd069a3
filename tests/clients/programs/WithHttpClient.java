import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

class WithHttpClient {
    public static void main(String[] args) throws Exception {
        String url = args.length > 0 ? args[0] : "https://api.infact.no/v1/Account/token";
        String login = Base64.getEncoder().encodeToString("demo:demo-secret".getBytes());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Basic " + login).build();
        System.out.println(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }
}
