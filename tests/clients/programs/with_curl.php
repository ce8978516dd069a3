<?php
$curl = curl_init($argv[1] ?? 'https://api.infact.no/v1/Account/token');
curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_USERPWD => 'demo:demo-secret']);
$text = curl_exec($curl);
if ($text === false) {
    fwrite(STDERR, curl_error($curl) . PHP_EOL);
    exit(1);
}
echo json_decode($text)->Token, PHP_EOL;
