<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Qt, PySide6</source>
        <translation>Qt, PySide6</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>PyTorch, torchaudio</source>
        <translation>PyTorch, torchaudio</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>NumPy</source>
        <translation>NumPy</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>soundfile, libsndfile</source>
        <translation>soundfile, libsndfile</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>PortAudio</source>
        <translation>PortAudio</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>not needed so far</source>
        <translation>noch nicht gebraucht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Your data</source>
        <translation>Eigene Daten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>About SDA Desktop</source>
        <translation>Über SDA Desktop</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Copy the versions</source>
        <translation>Die Versionen kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Trains a generative model on a folder of your own sounds.</source>
        <translation>Trainiert ein generatives Modell mit einem Ordner eigener Klänge.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Free software under the {licence} licence.</source>
        <translation>Freie Software unter der {licence}-Lizenz.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>BatchRow</name>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Batch</source>
        <translation>Serie</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>How many sounds to make</source>
        <translation>Wie viele Klänge entstehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>How many sounds to make at random, with the settings above and one seed after the other</source>
        <translation>Wie viele Klänge zufällig entstehen, mit den Einstellungen oben und einem Seed nach dem anderen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source> sounds</source>
        <translation> Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Make</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Make a batch of sounds</source>
        <translation>Eine Serie von Klängen erzeugen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Sounds made of the batch</source>
        <translation>Erzeugte Klänge der Serie</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Cancel the batch</source>
        <translation>Die Serie abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Make no more; what was made stays</source>
        <translation>Keine weiteren erzeugen; die fertigen bleiben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>{done} of {count}</source>
        <translation>{done} von {count}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/batch_row.py"/>
        <source>Stopping…</source>
        <translation>Wird gestoppt…</translation>
    </message>
</context>
<context>
    <name>BlendBar</name>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Blend of two models</source>
        <translation>Mischung zweier Modelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>This model</source>
        <translation>Dieses Modell</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Each model has a map of its own; the same place means another sound in another model, so their sounds are mixed, not their maps.</source>
        <translation>Jedes Modell hat eine eigene Karte; derselbe Ort bedeutet in einem anderen Modell einen anderen Klang. Deshalb werden ihre Klänge gemischt, nicht ihre Karten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>&lt;qt&gt;Every model learns a latent space of its own, from its own sounds and its own beginning: the axes of two of them have nothing to do with each other.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Jedes Modell lernt einen eigenen latenten Raum, aus eigenen Klängen und von eigenem Anfang an: Die Achsen zweier Modelle haben nichts miteinander zu tun.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Blend with</source>
        <translation>Mischen mit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Second model</source>
        <translation>Zweites Modell</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>The model whose sounds are mixed with those of this one</source>
        <translation>Das Modell, dessen Klänge mit denen von diesem gemischt werden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Its sound</source>
        <translation>Sein Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Sound of the second model</source>
        <translation>Klang des zweiten Modells</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>A new sound of the other model, or one that it knows</source>
        <translation>Ein neuer Klang des anderen Modells oder einer, den es kennt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Another new sound of the other model</source>
        <translation>Ein anderer neuer Klang des anderen Modells</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>One mixture over the whole sound, at equal power</source>
        <translation>Eine Mischung über den ganzen Klang, mit gleicher Leistung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Over time</source>
        <translation>Im Verlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>From this model to the other over the sound</source>
        <translation>Von diesem Modell zum anderen, über den Klang hinweg</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Balance of the two models</source>
        <translation>Balance der beiden Modelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Crossfade in level, at equal power; a double click goes to the middle</source>
        <translation>Überblendung im Pegel, mit gleicher Leistung; ein Doppelklick geht zur Mitte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>Fade from this model to the other</source>
        <translation>Überblenden von diesem Modell zum anderen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>&lt;qt&gt;Drag where the fade begins and ends, or all of it; equal power in between&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Ziehen, wo die Blende beginnt und endet, oder die ganze; dazwischen gleiche Leistung&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>No other model</source>
        <translation>Kein anderes</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>A new one</source>
        <translation>Ein neuer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/blend_bar.py"/>
        <source>the other</source>
        <translation>das andere</translation>
    </message>
</context>
<context>
    <name>CheckpointBrowser</name>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Runs and checkpoints</source>
        <translation>Läufe und Checkpoints</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Compare in the curves</source>
        <translation>In den Kurven vergleichen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Look again (F5)</source>
        <translation>Neu einlesen (F5)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Resume the selected run or checkpoint</source>
        <translation>Den gewählten Lauf oder Checkpoint fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Save now</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Save a checkpoint now</source>
        <translation>Jetzt einen Checkpoint speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Delete… (Del)</source>
        <translation>Löschen… (Entf)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>No runs yet. Each training is kept here with its checkpoints.</source>
        <translation>Noch keine Läufe. Jedes Training wird hier mit seinen Checkpoints aufbewahrt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Stop the training first</source>
        <translation>Erst das Training stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Go on training from the selected one (Enter)</source>
        <translation>Das gewählte Training fortsetzen (Eingabe)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Save a checkpoint of this moment; it is kept until you delete it</source>
        <translation>Diesen Moment als Checkpoint speichern; er bleibt, bis er gelöscht wird</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>A checkpoint can be saved while training</source>
        <translation>Während des Trainings lässt sich ein Checkpoint speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Click a run to see its curves and to hear its previews.</source>
        <translation>Einen Lauf anklicken, um seine Kurven zu sehen und seine Hörproben zu hören.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Its curves stay, behind those of the run that you open or train next.</source>
        <translation>Seine Kurven bleiben, hinter denen des Laufs, der als Nächstes geöffnet oder trainiert wird.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Compare in the curves: draw those of this run behind the present ones</source>
        <translation>In den Kurven vergleichen: die dieses Laufs hinter die jetzigen zeichnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>{0} runs are compared already: end the comparison with one of them first</source>
        <translation>{0} Läufe werden schon verglichen: erst den Vergleich mit einem davon beenden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>Compare in the curves (no more than {0})</source>
        <translation>In den Kurven vergleichen (höchstens {0})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>d MMM HH:mm</source>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Damaged: {0}</source>
        <translation>Beschädigt: {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>{0} damaged</source>
        <translation>{0} beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>{0} of a newer version</source>
        <translation>{0} aus neuerer Version</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>This run is being trained now.</source>
        <translation>Dieser Lauf wird gerade trainiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Nothing is wrong with this run, but {0}. Update SDA Desktop to use it.</source>
        <translation>Diesem Lauf fehlt nichts, aber {0}. SDA Desktop aktualisieren, um ihn zu benutzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>This run is damaged: {0}. Checkpoints in it that are sound still hold a model.</source>
        <translation>Dieser Lauf ist beschädigt: {0}. Unbeschädigte Checkpoints darin enthalten noch ein Modell.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Trained on to epoch {0} by a newer version of SDA Desktop. Update SDA Desktop to go on.</source>
        <translation>Von einer neueren Version von SDA Desktop bis Epoche {0} weitertrainiert. Zum Fortsetzen SDA Desktop aktualisieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>All checkpoints of this run are damaged: it cannot be resumed.</source>
        <translation>Alle Checkpoints dieses Laufs sind beschädigt: Er lässt sich nicht fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Nothing was saved in this run: it cannot be resumed.</source>
        <translation>In diesem Lauf wurde nichts gespeichert: Er lässt sich nicht fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Cut off by a crash or a power cut. Resume goes on from epoch {0}.</source>
        <translation>Von einem Absturz oder Stromausfall abgebrochen. Fortsetzen macht ab Epoche {0} weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Failed: {1} Resume goes on from epoch {0}.</source>
        <translation>Gescheitert: {1} Fortsetzen macht ab Epoche {0} weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>All its {0} epochs are done. Resume asks for how many more.</source>
        <translation>Alle {0} Epochen sind erledigt. Fortsetzen fragt, wie viele noch.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Resume goes on exactly where it stopped, in epoch {0}.</source>
        <translation>Fortsetzen macht genau dort weiter, wo er stoppte, in Epoche {0}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>best</source>
        <translation>bester</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>validation {0}</source>
        <translation>Valid. {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Validation reconstruction loss {0}</source>
        <translation>Rekonstruktionsverlust der Validierung {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>train {0}</source>
        <translation>Train. {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Training reconstruction loss {0}</source>
        <translation>Rekonstruktionsverlust des Trainings {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Epoch {0}, step {1}</source>
        <translation>Epoche {0}, Schritt {1}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>The best of this run. </source>
        <translation>Der beste dieses Laufs. </translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Its run is being trained now.</source>
        <translation>Sein Lauf wird gerade trainiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Resume goes on exactly from here.</source>
        <translation>Fortsetzen macht genau von hier weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Resume begins a new run from here; this run stays as it is.</source>
        <translation>Fortsetzen beginnt von hier einen neuen Lauf; dieser bleibt, wie er ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Nothing is wrong with it, but {0}. Update SDA Desktop to use it.</source>
        <translation>Er ist nicht beschädigt, aber {0}. Zum Benutzen SDA Desktop aktualisieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Delete the checkpoint “{0}”?</source>
        <translation>Den Checkpoint „{0}“ löschen?</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Delete the run “{0}” with its checkpoint and all its previews?</source>
        <translation>Den Lauf „{0}“ mit seinem Checkpoint und allen Hörproben löschen?</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Delete the run “{0}” with its {1} checkpoints and all its previews?</source>
        <translation>Den Lauf „{0}“ mit seinen {1} Checkpoints und allen Hörproben löschen?</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>It is the only sound one: the run cannot be resumed without it.</source>
        <translation>Es ist der einzige unbeschädigte: Ohne ihn lässt sich der Lauf nicht fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>It is the best of its run.</source>
        <translation>Es ist der beste seines Laufs.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>This cannot be undone. Your sounds are not touched.</source>
        <translation>Das lässt sich nicht rückgängig machen. Die eigenen Klänge bleiben unberührt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Damaged: {0}. It is never loaded.</source>
        <translation>Beschädigt: {0}. Wird nie geladen.</translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Training is running</source>
        <translation>Das Training läuft</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>A training is running.</source>
        <translation>Ein Training läuft.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Stop it and save? What it has learned is kept, and it can be resumed at any time. Or keep it running with the window minimised.</source>
        <translation>Stoppen und speichern? Was es gelernt hat, bleibt, und es lässt sich jederzeit fortsetzen. Oder mit verkleinertem Fenster weiterlaufen lassen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Stop and save</source>
        <translation>Stoppen und speichern</translation>
    </message>
</context>
<context>
    <name>ComparedLegend</name>
    <message>
        <location filename="../../sda_desktop/ui/compared_legend.py"/>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
</context>
<context>
    <name>DatasetHeader</name>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Add sounds</source>
        <translation>Klänge hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Open, recent, rescan</source>
        <translation>Öffnen, zuletzt geöffnet, neu einlesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Progress of examining the sounds</source>
        <translation>Fortschritt der Untersuchung der Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Cancel examining the sounds</source>
        <translation>Die Untersuchung der Klänge abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>Problems: {0}</source>
        <translation>Probleme: {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>kept, with a warning</source>
        <translation>behalten, mit Warnung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_header.py"/>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
</context>
<context>
    <name>DatasetPanel</name>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>The sounds are still being examined.</source>
        <translation>Die Klänge werden noch untersucht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Open a folder of sounds first.</source>
        <translation>Erst einen Ordner mit Klängen öffnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>None of the sounds can be used.</source>
        <translation>Keiner der Klänge ist brauchbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Search the sounds</source>
        <translation>In den Klängen suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Add sounds</source>
        <translation>Klänge hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Open sounds</source>
        <translation>Klänge öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Sounds ({0})</source>
        <translation>Klänge ({0})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Making the demo sounds…</source>
        <translation>Die Demo-Klänge entstehen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Looking for sounds…</source>
        <translation>Klänge werden gesucht…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Examining the sounds…</source>
        <translation>Die Klänge werden untersucht…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>There are no sounds in {0}.</source>
        <translation>In {0} sind keine Klänge.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>WAV, AIFF, FLAC, OGG, Opus and MP3 files can be used.</source>
        <translation>Möglich sind Dateien in WAV, AIFF, FLAC, OGG, Opus und MP3.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_panel.py"/>
        <source>Rescan</source>
        <translation>Neu einlesen</translation>
    </message>
</context>
<context>
    <name>DiagnosticsSaver</name>
    <message>
        <location filename="../../sda_desktop/ui/diagnostics_saver.py"/>
        <source>Save diagnostics</source>
        <translation>Diagnose speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/diagnostics_saver.py"/>
        <source>Zip files (*{0})</source>
        <translation>Zip-Dateien (*{0})</translation>
    </message>
</context>
<context>
    <name>DropCover</name>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Drop to add</source>
        <translation>Loslassen, um hinzuzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Drop to replace
Hold Shift to add</source>
        <translation>Loslassen, um zu ersetzen
Mit Umschalt hinzufügen</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>SDA Desktop</source>
        <translation>SDA Desktop</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Show details</source>
        <translation>Details zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Copy this message with its details</source>
        <translation>Diese Meldung mit ihren Details kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/error_dialog.py"/>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>ExploreBlend</name>
    <message>
        <location filename="../../sda_desktop/ui/explore_blend.py"/>
        <source>This model</source>
        <translation>Dieses Modell</translation>
    </message>
</context>
<context>
    <name>ExploreControls</name>
    <message>
        <location filename="../../sda_desktop/ui/explore_controls.py"/>
        <source>The model is being opened.</source>
        <translation>Das Modell wird geöffnet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_controls.py"/>
        <source>Choose a model first.</source>
        <translation>Erst ein Modell wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_controls.py"/>
        <source>Choose a model to see what can be turned.</source>
        <translation>Ein Modell wählen, um zu sehen, was sich drehen lässt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_controls.py"/>
        <source>With so few sounds nothing can be turned that would surely be heard.</source>
        <translation>Bei so wenigen Klängen lässt sich nichts drehen, das sicher zu hören wäre.</translation>
    </message>
</context>
<context>
    <name>ExploreLinks</name>
    <message>
        <location filename="../../sda_desktop/ui/explore_links.py"/>
        <source>Choose a model first; then drop sounds to hear what it makes of them.</source>
        <translation>Erst ein Modell wählen; dann Klänge hierher ziehen, um zu hören, was es daraus macht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_links.py"/>
        <source>{name} is of a kind that cannot be read.</source>
        <translation>{name} ist von einer Art, die sich nicht lesen lässt.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>“{0}” exists already in that folder.</source>
        <translation>„{0}“ gibt es in diesem Ordner schon.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>{0} of these files exist already in that folder.</source>
        <translation>{0} dieser Dateien gibt es in diesem Ordner schon.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Stopping…</source>
        <translation>Wird gestoppt…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>{0} exported.</source>
        <translation>{0} exportiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Cancelled; {0} exported.</source>
        <translation>Abgebrochen; {0} exportiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>As it is</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>The level stays as the model made it.</source>
        <translation>Der Pegel bleibt, wie ihn das Modell gemacht hat.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Same peak</source>
        <translation>Gleiche Spitze</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>The highest peak of every sound is brought there.</source>
        <translation>Die höchste Spitze jedes Klangs wird dorthin gebracht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Same loudness</source>
        <translation>Gleiche Lautheit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Every sound is equally loud, none beyond full scale.</source>
        <translation>Alle Klänge sind gleich laut, keiner über Vollaussteuerung.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Every DAW reads it.</source>
        <translation>Jede DAW liest es.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Nothing is lost, at about half the size; no 32 bit float.</source>
        <translation>Verlustfrei, bei etwa halber Größe; kein 32 Bit Float.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Compressed to about 170 kbit/s; no bit depth to choose.</source>
        <translation>Komprimiert auf etwa 170 kbit/s; keine wählbare Bittiefe.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Compressed to 320 kbit/s; no bit depth to choose, no 96 kHz.</source>
        <translation>Komprimiert auf 320 kbit/s; keine wählbare Bittiefe, keine 96 kHz.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Bit depth</source>
        <translation>Bittiefe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>None: it compresses</source>
        <translation>Keine: wird komprimiert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source> (the model&apos;s own)</source>
        <translation> (die des Modells)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Target level</source>
        <translation>Zielpegel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Fade in</source>
        <translation>Einblenden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_form.py"/>
        <source>Fade out</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>ExportPlace</name>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Insert a field into the name</source>
        <translation>Ein Feld in den Namen einfügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Choose a folder.</source>
        <translation>Einen Ordner wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>{0} is a file, not a folder.</source>
        <translation>{0} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_place.py"/>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
</context>
<context>
    <name>FadeBar</name>
    <message>
        <location filename="../../sda_desktop/ui/fade_bar.py"/>
        <source>Fades from {start} % to {end} % of the time; the keys move the {which}.</source>
        <translation>Blendet von {start} % bis {end} % der Zeit; die Tasten bewegen {which}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/fade_bar.py"/>
        <source>beginning</source>
        <translation>den Anfang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/fade_bar.py"/>
        <source>end</source>
        <translation>das Ende</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>Type {0} from {1} to {2} {3}</source>
        <translation>{0} von {1} bis {2} {3} eingeben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>, or nothing for automatic.</source>
        <translation>, oder nichts für automatisch.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>Length of the training</source>
        <translation>Länge des Trainings</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_row.py"/>
        <source>Range: {0}.</source>
        <translation>Bereich: {0}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_row.py"/>
        <source>Help on {0}</source>
        <translation>Hilfe zu {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_row.py"/>
        <source>Back to {0}</source>
        <translation>Zurück zu {0}</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>Contents of the guide</source>
        <translation>Inhalt der Anleitung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>Search the guide</source>
        <translation>In der Anleitung suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>HelpDialogs</name>
    <message>
        <location filename="../../sda_desktop/ui/help_dialogs.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <location filename="../../sda_desktop/ui/help_menu.py"/>
        <source>The diagnostics are in {name}. Nothing was sent.</source>
        <translation>Die Diagnose liegt in {name}. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/help_menu.py"/>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>HistoryDelegate</name>
    <message>
        <location filename="../../sda_desktop/ui/history_delegate.py"/>
        <source>Name of the sound</source>
        <translation>Name des Klangs</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <location filename="../../sda_desktop/ui/history_list.py"/>
        <source>Generated sounds</source>
        <translation>Erzeugte Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_list.py"/>
        <source>Arrow keys play the next sound, Space plays and stops, Escape stops, S stars, F2 renames, Delete takes out.</source>
        <translation>Pfeiltasten spielen den nächsten Klang, die Leertaste spielt und stoppt, Esc stoppt, S gibt einen Stern, F2 benennt um, Entf nimmt heraus.</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <location filename="../../sda_desktop/ui/history_model.py"/>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Search the history</source>
        <translation>Im Verlauf suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>All generated sounds</source>
        <translation>Alle erzeugten Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Only those with a star</source>
        <translation>Nur die mit einem Stern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>No sound has these words in its name.</source>
        <translation>Kein Klang hat diese Wörter im Namen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>No favourites yet. A click on the star of a sound keeps it here.</source>
        <translation>Noch keine Favoriten. Ein Klick auf den Stern eines Klangs behält ihn hier.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Every sound that you make is kept here, so that none is lost.</source>
        <translation>Jeder erzeugte Klang wird hier aufbewahrt, damit keiner verloren geht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>“{0}” was taken out.</source>
        <translation>„{0}“ wurde herausgenommen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>{0} sounds were taken out.</source>
        <translation>{0} Klänge wurden herausgenommen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Take the star away</source>
        <translation>Den Stern wegnehmen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Add to the favourites</source>
        <translation>Zu den Favoriten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/history_panel.py"/>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
</context>
<context>
    <name>HyperparameterForm</name>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Training settings</source>
        <translation>Trainingseinstellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Reset all</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Every setting back to its default</source>
        <translation>Jede Einstellung zurück auf ihren Standard</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>{0} ({1} changed)</source>
        <translation>{0} ({1} geändert)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Chosen by the number of sounds</source>
        <translation>Nach der Zahl der Klänge gewählt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>{0}, for {1}</source>
        <translation>{0}, für {1}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>Planned to be complete after {0}</source>
        <translation>Soll nach {0} fertig sein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>A length that suits the sounds</source>
        <translation>Eine Länge, die zu den Klängen passt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>about {0} steps</source>
        <translation>etwa {0} Schritte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <source>{0} epochs, {1}</source>
        <translation>{0} Epochen, {1}</translation>
    </message>
</context>
<context>
    <name>LegendChip</name>
    <message>
        <location filename="../../sda_desktop/ui/plot_legend.py"/>
        <source>Show the curve: {label}</source>
        <translation>Die Kurve zeigen: {label}</translation>
    </message>
</context>
<context>
    <name>LengthEdit</name>
    <message>
        <location filename="../../sda_desktop/ui/length_edit.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/length_edit.py"/>
        <source>&lt;qt&gt;Length of the sound, 0.1 s to 10 min: 2.5, 500 ms, 1:30. Empty: as long as suits the sound.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Länge des Klangs, 0.1 s bis 10 min: 2.5, 500 ms, 1:30. Leer: so lang, wie es zum Klang passt.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/length_edit.py"/>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/length_edit.py"/>
        <source>Type a length from 0.1 s to 10 min, as in 2.5, 500 ms or 1:30; or nothing.</source>
        <translation>Eine Länge von 0.1 s bis 10 min eingeben, wie 2.5, 500 ms oder 1:30; oder nichts.</translation>
    </message>
</context>
<context>
    <name>LibraryDelegate</name>
    <message>
        <location filename="../../sda_desktop/ui/library_delegate.py"/>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
</context>
<context>
    <name>LibraryList</name>
    <message>
        <location filename="../../sda_desktop/ui/library_list.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_list.py"/>
        <source>Enter plays the model, F2 renames it, Delete removes it.</source>
        <translation>Eingabe spielt das Modell, F2 benennt es um, Entf entfernt es.</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Opening {0}…</source>
        <translation>{0} wird geöffnet…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Writing {0}…</source>
        <translation>{0} wird geschrieben…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Open a model file (.sda)</source>
        <translation>Eine Modelldatei öffnen (.sda)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>What can be done with the model</source>
        <translation>Was sich mit dem Modell tun lässt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Search name, notes, tags, sounds</source>
        <translation>Name, Notizen, Tags, Klänge suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Search the models</source>
        <translation>In den Modellen suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Train a model</source>
        <translation>Ein Modell trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>No model has these words in its name, notes, tags or sounds.</source>
        <translation>Kein Modell hat diese Wörter im Namen, in Notizen, Tags oder Klängen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>No models yet. Train one on your sounds, and it is kept here to be played.</source>
        <translation>Noch keine Modelle. Eines mit eigenen Klängen trainieren: Hier wird es aufbewahrt und gespielt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Copying “{0}”…</source>
        <translation>„{0}“ wird kopiert…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>“{0}” is being trained. Stop that first.</source>
        <translation>„{0}“ wird gerade trainiert. Erst das stoppen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>“{0}” is in the trash.</source>
        <translation>„{0}“ liegt im Papierkorb.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>“{0}” is in the library already.</source>
        <translation>„{0}“ ist schon in der Bibliothek.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>{0} was written to {1}.</source>
        <translation>{0} wurde nach {1} geschrieben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Play it</source>
        <translation>Spielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Notes and tags…</source>
        <translation>Notizen und Tags…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Export as a file (.sda)…</source>
        <translation>Als Datei exportieren (.sda)…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Open a model file…</source>
        <translation>Eine Modelldatei öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_panel.py"/>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_files.py"/>
        <source>Open a model file</source>
        <translation>Eine Modelldatei öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_files.py"/>
        <source>Export the model</source>
        <translation>Das Modell exportieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_files.py"/>
        <source>Models (*{0})</source>
        <translation>Modelle (*{0})</translation>
    </message>
</context>
<context>
    <name>LibraryRows</name>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>training now</source>
        <translation>wird trainiert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>nothing saved yet</source>
        <translation>noch nichts gespeichert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>loss {0}</source>
        <translation>Verlust {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>epoch {0}, step {1}</source>
        <translation>Epoche {0}, Schritt {1}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>Reconstruction loss on held-out sounds {0}</source>
        <translation>Rekonstruktionsverlust bei zurückgehaltenen Klängen {0}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <source>Tags: {0}</source>
        <translation>Tags: {0}</translation>
    </message>
</context>
<context>
    <name>LicencesPage</name>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Components</source>
        <translation>Bestandteile</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Looking for the licences…</source>
        <translation>Die Lizenzen werden gesucht…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/about_dialog.py"/>
        <source>The text of this licence is not installed.</source>
        <translation>Der Text dieser Lizenz ist nicht installiert.</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_model.py"/>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Which log</source>
        <translation>Welches Protokoll</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>This session</source>
        <translation>Diese Sitzung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Lowest level shown</source>
        <translation>Niedrigste gezeigte Stufe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Search the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Go on to the newest record</source>
        <translation>Weiter zum neuesten Eintrag</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Records of the log</source>
        <translation>Einträge des Protokolls</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>The selected records in full</source>
        <translation>Die gewählten Einträge vollständig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Select a record to read all of it.</source>
        <translation>Einen Eintrag wählen, um ihn ganz zu lesen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Copy the selected records, or all</source>
        <translation>Die gewählten Einträge kopieren, oder alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Save the records that are shown</source>
        <translation>Die gezeigten Einträge speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Show the folder of logs</source>
        <translation>Den Ordner der Protokolle zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>{shown} of {known} records</source>
        <translation>{shown} von {known} Einträgen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Save the log</source>
        <translation>Das Protokoll speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>Texts (*.txt *.log)</source>
        <translation>Texte (*.txt *.log)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>The log was saved.</source>
        <translation>Das Protokoll wurde gespeichert.</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <location filename="../../sda_desktop/ui/map_canvas.py"/>
        <source>{n} selected.</source>
        <translation>{n} gewählt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_canvas.py"/>
        <source>Arrow keys go from sound to sound, Enter plays.</source>
        <translation>Pfeiltasten gehen von Klang zu Klang, Eingabe spielt.</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Colours show</source>
        <translation>Farben zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>How the sounds are laid out</source>
        <translation>Wie die Klänge angeordnet sind</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>A click on a dot plays</source>
        <translation>Klick auf einen Punkt spielt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>What a click on a dot plays: the file itself, or what the model makes of it</source>
        <translation>Was ein Klick auf einen Punkt spielt: die Datei selbst oder das, was das Modell daraus macht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Further away (−)</source>
        <translation>Weiter weg (−)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Nearer (+)</source>
        <translation>Näher (+)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Show the whole map (0)</source>
        <translation>Die ganze Karte zeigen (0)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Search sounds</source>
        <translation>Klänge suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Found sounds</source>
        <translation>Gefundene Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Noisiness</source>
        <translation>Rauschanteil</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Attack</source>
        <translation>Anschlag</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Pitch</source>
        <translation>Tonhöhe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>How to play the map</source>
        <translation>Wie die Karte gespielt wird</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Click a dot to hear that sound.</source>
        <translation>Einen Punkt anklicken, um diesen Klang zu hören.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Click or drag between the dots to hear what the model makes there.</source>
        <translation>Zwischen die Punkte klicken oder dort ziehen, um zu hören, was das Modell dort macht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Wheel or pinch: zoom.  Middle button, Space-drag or two fingers: move.</source>
        <translation>Mausrad oder zwei Finger spreizen: Zoom.  Mittlere Taste, Leertaste+Ziehen oder zwei Finger: Bewegen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Shift-drag: select with a lasso.  Ctrl-click: add to the selection.</source>
        <translation>Umschalt+Ziehen: mit einem Lasso wählen.  Strg+Klick: zur Auswahl hinzufügen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Ctrl-drag a dot, or drag the selection: out of the window, as files.</source>
        <translation>Strg+Ziehen eines Punkts, oder die Auswahl ziehen: aus dem Fenster hinaus, als Dateien.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>Arrow keys: to the next sound.  Enter or Space: play.  Esc: stop and clear.</source>
        <translation>Pfeiltasten: zum nächsten Klang.  Eingabe oder Leertaste: abspielen.  Esc: stoppen und aufheben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>/ or Ctrl+F: search.  0 or a double click: the whole map.</source>
        <translation>/ oder Strg+F: suchen.  0 oder ein Doppelklick: die ganze Karte.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>{words} ({method}): neighbours on the map are {share} % as trustworthy as they could be (trustworthiness, Venna and Kaski)</source>
        <translation>{words} ({method}): Nachbarn auf der Karte sind zu {share} % so vertrauenswürdig, wie sie sein könnten (trustworthiness, Venna und Kaski)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_tools.py"/>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>MetricsPlots</name>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>Curves of the training</source>
        <translation>Kurven des Trainings</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>How the training is doing</source>
        <translation>Wie es um das Training steht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>The curves of a training appear here.</source>
        <translation>Hier erscheinen die Kurven eines Trainings.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>step {n:,}</source>
        <translation>Schritt {n:,}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>epoch {n:.1f}</source>
        <translation>Epoche {n:.1f}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>Save the curves as a picture</source>
        <translation>Die Kurven als Bild speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>Save the figures as tables</source>
        <translation>Die Zahlen als Tabellen speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_panel.py"/>
        <source>Click to hide or show it.</source>
        <translation>Klicken zum Aus- oder Einblenden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>How close</source>
        <translation>Wie nah</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>How far the model&apos;s versions are from your sounds: lower is closer.
Training: the sounds it learns from, at each step. Validation: sounds it never learns from,
after each epoch. Total is the reconstruction loss plus the weighted KL divergence.</source>
        <translation>Wie weit die Fassungen des Modells von den eigenen Klängen entfernt sind: Niedriger ist näher.
Training: die Klänge, aus denen es lernt, bei jedem Schritt. Validierung: Klänge, aus denen es nie lernt,
nach jeder Epoche. Gesamt ist der Rekonstruktionsverlust plus die gewichtete KL-Divergenz.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Total training loss: reconstruction plus weighted KL divergence, at each step.</source>
        <translation>Gesamtverlust im Training: Rekonstruktion plus gewichtete KL-Divergenz, bei jedem Schritt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Reconstruction loss of the training sounds, at each step.</source>
        <translation>Rekonstruktionsverlust der Trainingsklänge, bei jedem Schritt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>reconstruction of the training sounds</source>
        <translation>Rekonstruktion der Trainingsklänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Total validation loss: held-out sounds, after each epoch.</source>
        <translation>Gesamtverlust der Validierung: zurückgehaltene Klänge, nach jeder Epoche.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Reconstruction loss of the held-out sounds, after each epoch.</source>
        <translation>Rekonstruktionsverlust der zurückgehaltenen Klänge, nach jeder Epoche.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>reconstruction of the held-out sounds</source>
        <translation>Rekonstruktion der zurückgehaltenen Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Detail kept</source>
        <translation>Bewahrtes Detail</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>How much the model keeps of each sound in its latent space (KL divergence, in nats).
Near 0 it keeps nothing and all sounds come out alike. The weighted KL divergence is
what that costs in the training loss.</source>
        <translation>Wie viel das Modell von jedem Klang in seinem latenten Raum behält (KL-Divergenz, in nats).
Nahe 0 behält es nichts, und alle Klänge kommen gleich heraus. Die gewichtete KL-Divergenz ist,
was das im Trainingsverlust kostet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>KL divergence, nats</source>
        <translation>KL-Divergenz, nats</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>KL divergence per held-out sound, unweighted, after each epoch.</source>
        <translation>KL-Divergenz pro zurückgehaltenem Klang, ungewichtet, nach jeder Epoche.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>weighted KL</source>
        <translation>gewichtete KL</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>The KL term of the training loss, at each step; its own scale, on the right.</source>
        <translation>Der KL-Anteil des Trainingsverlusts, bei jedem Schritt; eigene Skala, rechts.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>collapsing below</source>
        <translation>darunter fällt es zusammen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>How far each step moves the model: up at the start, then down to the end of the run.</source>
        <translation>Wie weit jeder Schritt das Modell bewegt: am Anfang steigend, dann fallend bis zum Ende des Laufs.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Learning rate at each step.</source>
        <translation>Lernrate bei jedem Schritt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>Overfitting gap</source>
        <translation>Überanpassung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>How much worse the held-out sounds are reconstructed than the training sounds.
Above 20 % the model learns single sounds by heart.</source>
        <translation>Wie viel schlechter die zurückgehaltenen Klänge rekonstruiert werden als die Trainingsklänge.
Über 20 % lernt das Modell einzelne Klänge auswendig.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>gap</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>(validation - training) / training reconstruction loss, after each epoch.</source>
        <translation>(Validierung - Training) / Training des Rekonstruktionsverlusts, nach jeder Epoche.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_specs.py"/>
        <source>overfitting above</source>
        <translation>darüber Überanpassung</translation>
    </message>
</context>
<context>
    <name>ModelNotesDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>Notes and tags</source>
        <translation>Notizen und Tags</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>What it is good for, where the sounds are from</source>
        <translation>Wofür es gut ist, woher die Klänge sind</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>metal, dark, one-shots</source>
        <translation>Metall, dunkel, One-Shots</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/model_notes_dialog.py"/>
        <source>Tags, with commas between them</source>
        <translation>Tags, durch Kommas getrennt</translation>
    </message>
</context>
<context>
    <name>MoreEpochsDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>Train longer</source>
        <translation>Länger trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>The training of {name} is finished: {epochs} epochs are done.</source>
        <translation>Das Training von {name} ist fertig: {epochs} Epochen sind erledigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>Train for</source>
        <translation>Trainieren für</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>More epochs</source>
        <translation>Weitere Epochen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>more epochs.</source>
        <translation>weitere Epochen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/resuming.py"/>
        <source>Train for so many more epochs</source>
        <translation>So viele weitere Epochen trainieren</translation>
    </message>
</context>
<context>
    <name>MorphCanvas</name>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>Course of the morph</source>
        <translation>Verlauf des Morphs</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>Add two sounds first.</source>
        <translation>Erst zwei Klänge hinzufügen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>At {percent} % of the time: {words}. Left and Right move the mark, Up and Down bend the curve.</source>
        <translation>Bei {percent} % der Zeit: {words}. Links und Rechts bewegen die Marke, Auf und Ab biegen die Kurve.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>Add two to four sounds, then draw here how the new sound goes from one to the other in time.</source>
        <translation>Zwei bis vier Klänge hinzufügen, dann hier zeichnen, wie der neue Klang mit der Zeit vom einen zum anderen geht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>beyond the first</source>
        <translation>über den ersten hinaus</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_canvas.py"/>
        <source>beyond the last</source>
        <translation>über den letzten hinaus</translation>
    </message>
</context>
<context>
    <name>MorphStrip</name>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Morph</source>
        <translation>Morph</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Make and play the morph</source>
        <translation>Den Morph erzeugen und abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Add the present sound to the morph</source>
        <translation>Den jetzigen Klang zum Morph hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Straight from the first sound to the last</source>
        <translation>Geradewegs vom ersten Klang zum letzten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Take all sounds out of the morph</source>
        <translation>Alle Klänge aus dem Morph nehmen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Length of the morph</source>
        <translation>Länge des Morphs</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Make this morph and play it (Space on the curve)</source>
        <translation>Diesen Morph erzeugen und abspielen (Leertaste auf der Kurve)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_strip.py"/>
        <source>Add at least two sounds first</source>
        <translation>Erst mindestens zwei Klänge hinzufügen</translation>
    </message>
</context>
<context>
    <name>NewSoundPanel</name>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>New sounds</source>
        <translation>Neue Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Keep this sound among the favourites</source>
        <translation>Diesen Klang bei den Favoriten behalten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Loop</source>
        <translation>Loop</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Make sounds whose end leads into their beginning without a seam</source>
        <translation>Klänge erzeugen, deren Ende nahtlos in ihren Anfang führt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>A new sound at random</source>
        <translation>Ein zufälliger neuer Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>near a sound</source>
        <translation>nah an einem</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>far out</source>
        <translation>weit weg</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>&lt;qt&gt;How far Random leads from your sounds: near one of them, between two, or towards a third. It is also the temperature of the noise that the prior adds.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Wie weit Zufall von den eigenen Klängen wegführt: nah an einen, zwischen zwei oder zu einem dritten hin. Es ist auch die Temperatur des Rauschens, das der Prior hinzufügt.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>0.1 s</source>
        <translation>0.1 s</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>&lt;qt&gt;How long new sounds are. A double click goes back to what suits the sound.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Wie lang neue Klänge sind. Ein Doppelklick geht zurück zu dem, was zum Klang passt.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>A length that suits the sound</source>
        <translation>Eine Länge, die zum Klang passt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>one sound</source>
        <translation>ein Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>texture</source>
        <translation>Textur</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>&lt;qt&gt;One continuous sound, or a texture of many: events per second, 0.2 to 50, each a variation of the sound.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Ein durchgehender Klang, oder eine Textur aus vielen: Ereignisse pro Sekunde, 0.2 bis 50, jedes eine Variation des Klangs.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>A variation of the present sound</source>
        <translation>Eine Variation des jetzigen Klangs</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>a little</source>
        <translation>wenig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>a lot</source>
        <translation>viel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Amount of variation</source>
        <translation>Stärke der Variation</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>&lt;qt&gt;How far a variation lies from its sound: towards a neighbour in the latent space, and off the way to it.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Wie weit eine Variation von ihrem Klang entfernt liegt: zu einem Nachbarn im latenten Raum hin und vom Weg dorthin ab.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>A new sound, with the next seed</source>
        <translation>Ein neuer Klang, mit dem nächsten Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>A sound near {name}</source>
        <translation>Ein Klang nahe {name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>Choose or make a sound first</source>
        <translation>Erst einen Klang wählen oder erzeugen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>{count:.2g} /s</source>
        <translation>{count:.2g} /s</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/new_sound_panel.py"/>
        <source>suits the sound</source>
        <translation>passt zum Klang</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <location filename="../../sda_desktop/ui/notice_bar.py"/>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PageSwitch</name>
    <message>
        <location filename="../../sda_desktop/ui/pages.py"/>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/pages.py"/>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/pages.py"/>
        <source>Train a model on your sounds (Ctrl+1)</source>
        <translation>Ein Modell mit eigenen Klängen trainieren (Strg+1)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/pages.py"/>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/pages.py"/>
        <source>Play a trained model (Ctrl+2)</source>
        <translation>Ein trainiertes Modell spielen (Strg+2)</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Player</source>
        <translation>Player</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Repeat until stopped</source>
        <translation>Wiederholen, bis gestoppt wird</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Sound in the player</source>
        <translation>Klang im Player</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Click to play from there; Space plays and stops</source>
        <translation>Klicken, um von dort zu spielen; die Leertaste spielt und stoppt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Position and length</source>
        <translation>Position und Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>A: pinned</source>
        <translation>A: gemerkt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Compare others with this sound</source>
        <translation>Andere mit diesem Klang vergleichen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Silence</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Level in dB</source>
        <translation>Pegel in dB</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Level; a double click is 0 dB</source>
        <translation>Pegel; ein Doppelklick ist 0 dB</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Sound output</source>
        <translation>Tonausgabe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>No sound chosen</source>
        <translation>Kein Klang gewählt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Compare others with this sound, equally loud (A)</source>
        <translation>Andere mit diesem Klang vergleichen, gleich laut (A)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Compare with {name} no longer</source>
        <translation>Nicht mehr mit {name} vergleichen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Hear this side, equally loud and at the same place (keys A and B in the list)</source>
        <translation>Diese Seite hören, gleich laut und an derselben Stelle (Tasten A und B in der Liste)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>{name}: hear it equally loud and at the same place</source>
        <translation>{name}: gleich laut und an derselben Stelle hören</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>B: this one</source>
        <translation>B: dieser</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Sound again</source>
        <translation>Ton wieder an</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>System default</source>
        <translation>Systemstandard</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>Sound output: {name}</source>
        <translation>Tonausgabe: {name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_bar.py"/>
        <source>{name} (not connected)</source>
        <translation>{name} (nicht verbunden)</translation>
    </message>
</context>
<context>
    <name>PlotTools</name>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Where the pointer is</source>
        <translation>Wo der Zeiger ist</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Logarithmic axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Logarithmic axis: equal ratios are equally high</source>
        <translation>Logarithmische Achse: Gleiche Verhältnisse sind gleich hoch</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Show the whole run again</source>
        <translation>Wieder den ganzen Lauf zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Smoothing of the bold curves; the faint one behind them is as measured</source>
        <translation>Glättung der kräftigen Kurven; die blasse dahinter ist wie gemessen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Along the bottom</source>
        <translation>Unten entlang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>What runs along the bottom</source>
        <translation>Was unten entlangläuft</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Save the curves</source>
        <translation>Die Kurven speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Save as picture (PNG)…</source>
        <translation>Als Bild speichern (PNG)…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Save figures as tables (CSV)…</source>
        <translation>Zahlen als Tabellen speichern (CSV)…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/plot_tools.py"/>
        <source>Smooth</source>
        <translation>Glätten</translation>
    </message>
</context>
<context>
    <name>PresetsBar</name>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Settings of the sliders and of new sounds, kept with this model</source>
        <translation>Einstellungen der Regler und neuer Klänge, bei diesem Modell aufbewahrt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Save the controls as a preset</source>
        <translation>Die Regler als Preset speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>More: save changes, rename, delete</source>
        <translation>Mehr: Änderungen speichern, umbenennen, löschen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Save changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Name of the preset</source>
        <translation>Name des Presets</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Cancel (Esc)</source>
        <translation>Abbrechen (Esc)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>{name} (changed)</source>
        <translation>{name} (geändert)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>No presets yet</source>
        <translation>Noch keine Presets</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Preset {number}</source>
        <translation>Preset {number}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/presets_bar.py"/>
        <source>There is a preset of this name already.</source>
        <translation>Ein Preset dieses Namens gibt es schon.</translation>
    </message>
</context>
<context>
    <name>PreviewList</name>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Previews</source>
        <translation>Hörproben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Arrow keys play the next sound, Space plays and stops, Escape stops, A plays the original and B the reconstruction.</source>
        <translation>Pfeiltasten spielen den nächsten Klang, die Leertaste spielt und stoppt, Esc stoppt, A spielt das Original und B die Rekonstruktion.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Fold all epochs up</source>
        <translation>Alle Epochen zuklappen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_list.py"/>
        <source>Open all epochs</source>
        <translation>Alle Epochen aufklappen</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <location filename="../../sda_desktop/ui/preview_model.py"/>
        <source>Epoch {n}</source>
        <translation>Epoche {n}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_model.py"/>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_model.py"/>
        <source>new sound</source>
        <translation>neuer Klang</translation>
    </message>
</context>
<context>
    <name>PreviewPlaylist</name>
    <message>
        <location filename="../../sda_desktop/ui/preview_delegate.py"/>
        <source>Epoch {n}</source>
        <translation>Epoche {n}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_delegate.py"/>
        <source>reconstruction</source>
        <translation>Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_delegate.py"/>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_delegate.py"/>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>Previews</source>
        <translation>Hörproben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>All previews</source>
        <translation>Alle Hörproben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>Reconstructions</source>
        <translation>Rekonstruktionen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>The model&apos;s versions of sounds that it does not learn from</source>
        <translation>Die Fassungen des Modells von Klängen, aus denen es nicht lernt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>New sounds</source>
        <translation>Neue</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>Sounds that the model made up</source>
        <translation>Klänge, die das Modell erfunden hat</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>Show the newest previews</source>
        <translation>Die neuesten Hörproben zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>Here you will hear the training: held-out sounds beside the model&apos;s versions of them, and new sounds, every few epochs.</source>
        <translation>Hier wird das Training hörbar: alle paar Epochen zurückgehaltene Klänge neben dem, was das Modell daraus macht, und neue Klänge.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>This run has made no new sounds yet.</source>
        <translation>Dieser Lauf hat noch keine neuen Klänge erzeugt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>This run has made no reconstructions yet.</source>
        <translation>Dieser Lauf hat noch keine Rekonstruktionen erzeugt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_playlist.py"/>
        <source>New: epoch {n}</source>
        <translation>Neu: Epoche {n}</translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Open {0}</source>
        <translation>{0} öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Remove {0} from this list</source>
        <translation>{0} aus dieser Liste entfernen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Remove from this list</source>
        <translation>Aus dieser Liste entfernen</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <location filename="../../sda_desktop/ui/recent_runs.py"/>
        <source>Looking for runs…</source>
        <translation>Läufe werden gesucht…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/recent_runs.py"/>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
</context>
<context>
    <name>RunChip</name>
    <message>
        <location filename="../../sda_desktop/ui/compared_legend.py"/>
        <source>Show the curves of the run: {label}</source>
        <translation>Die Kurven des Laufs zeigen: {label}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/compared_legend.py"/>
        <source>{label}
Its curves are the thin ones with this sign, and its figures stand behind it.
Click to hide or show them. The menu of the run in the list ends the comparison.</source>
        <translation>{label}
Seine Kurven sind die dünnen mit diesem Zeichen, und dahinter stehen seine Zahlen.
Ein Klick blendet sie aus oder ein. Das Menü des Laufs in der Liste beendet den Vergleich.</translation>
    </message>
</context>
<context>
    <name>RunControls</name>
    <message>
        <location filename="../../sda_desktop/ui/run_controls.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_controls.py"/>
        <source>Resume the training shown</source>
        <translation>Das gezeigte Training fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_controls.py"/>
        <source>Stop and save: the model is complete and the training can be resumed</source>
        <translation>Stoppen und speichern: Das Modell ist vollständig und das Training lässt sich fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_controls.py"/>
        <source>Train on these sounds (Ctrl+Return)</source>
        <translation>Mit diesen Klängen trainieren (Strg+Return)</translation>
    </message>
</context>
<context>
    <name>RunDeleting</name>
    <message>
        <location filename="../../sda_desktop/ui/run_deleting.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>RunSession</name>
    <message>
        <location filename="../../sda_desktop/ui/run_session.py"/>
        <source>{name} is finished: {epoch} epochs are done.</source>
        <translation>{name} ist fertig: {epoch} Epochen sind erledigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_session.py"/>
        <source>Resume goes on with {name} from epoch {epoch}; Train begins a new one.</source>
        <translation>Fortsetzen macht mit {name} ab Epoche {epoch} weiter; Trainieren beginnt neu.</translation>
    </message>
</context>
<context>
    <name>RunTree</name>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_tree.py"/>
        <source>Runs and checkpoints</source>
        <translation>Läufe und Checkpoints</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_tree.py"/>
        <source>Enter resumes, Delete deletes, F5 looks again.</source>
        <translation>Eingabe setzt fort, Entf löscht, F5 liest neu ein.</translation>
    </message>
</context>
<context>
    <name>RunTreeModel</name>
    <message>
        <location filename="../../sda_desktop/ui/checkpoint_tree.py"/>
        <source>{0}, compared in the curves</source>
        <translation>{0}, in den Kurven verglichen</translation>
    </message>
</context>
<context>
    <name>SavingDialog</name>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Stopping</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Stopping and saving the training…</source>
        <translation>Das Training wird gestoppt und gespeichert…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/closing.py"/>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <location filename="../../sda_desktop/ui/seed_field.py"/>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/seed_field.py"/>
        <source>&lt;qt&gt;The same seed with the same settings makes the same sound again. Enter makes the sound of this seed; Random takes the next one.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Derselbe Seed mit denselben Einstellungen ergibt wieder denselben Klang. Eingabe erzeugt den Klang dieses Seeds; Zufall nimmt den nächsten.&lt;/qt&gt;</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>The settings {file} cannot be read ({reason}): the defaults are used.</source>
        <translation>Die Einstellungen {file} sind nicht lesbar ({reason}): Die Standardwerte gelten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>The settings are those of a newer SDA Desktop: your earlier ones are used, and the newer ones stay as they are.</source>
        <translation>Die Einstellungen stammen von einem neueren SDA Desktop: Die früheren gelten, und die neueren bleiben, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>The settings are those of a newer SDA Desktop: the defaults are used, and the newer ones stay as they are.</source>
        <translation>Die Einstellungen stammen von einem neueren SDA Desktop: Die Standardwerte gelten, und die neueren bleiben, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>The settings could not be read: the defaults are used. The old file is kept as {file}.</source>
        <translation>Die Einstellungen waren nicht lesbar: Die Standardwerte gelten. Die alte Datei bleibt als {file}.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>SlidersPanel</name>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Sliders</source>
        <translation>Regler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Open a model to see its sliders.</source>
        <translation>Ein Modell öffnen, um seine Regler zu sehen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Measuring the sliders</source>
        <translation>Die Regler werden gemessen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Principal directions of the corpus in the latent space, named by what they change most</source>
        <translation>Hauptrichtungen des Korpus im latenten Raum, benannt nach dem, was sie am meisten ändern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Reset all</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Set all sliders back to 0</source>
        <translation>Alle Regler auf 0 zurückstellen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>No direction changes one thing plainly enough to be a slider. More sounds, or sounds that differ more, would help.</source>
        <translation>Keine Richtung ändert eine Sache deutlich genug für einen Regler. Mehr oder verschiedenere Klänge würden helfen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>More directions ({count})</source>
        <translation>Weitere Richtungen ({count})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>: {done} of {total} sounds</source>
        <translation>: {done} von {total} Klängen</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Sort the sounds; choose the same again to turn the order round</source>
        <translation>Die Klänge sortieren; dasselbe noch einmal kehrt die Reihenfolge um</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>descending</source>
        <translation>absteigend</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>ascending</source>
        <translation>aufsteigend</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Sorted by {0}, {1}</source>
        <translation>Sortiert nach {0}, {1}</translation>
    </message>
</context>
<context>
    <name>SoundList</name>
    <message>
        <location filename="../../sda_desktop/ui/sound_list.py"/>
        <source>Sounds</source>
        <translation>Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_list.py"/>
        <source>Arrow keys play the next sound, Space plays and stops, Escape stops.</source>
        <translation>Pfeiltasten spielen den nächsten Klang, die Leertaste spielt und stoppt, Esc stoppt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_list.py"/>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>SoundMap</name>
    <message>
        <location filename="../../sda_desktop/ui/map_colors.py"/>
        <source>(no folder)</source>
        <translation>(kein Ordner)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_colors.py"/>
        <source>no {feature}</source>
        <translation>ohne {feature}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_legend.py"/>
        <source>and {n} more</source>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Play the original</source>
        <translation>Das Original abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Play the reconstruction</source>
        <translation>Die Rekonstruktion abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Start a morph here</source>
        <translation>Hier einen Morph beginnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Add to the morph</source>
        <translation>Zum Morph hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Copy as a file</source>
        <translation>Als Datei kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Copy as files</source>
        <translation>Als Dateien kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Show the whole map</source>
        <translation>Die ganze Karte zeigen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_menu.py"/>
        <source>Play what is here</source>
        <translation>Abspielen, was hier ist</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>No model chosen</source>
        <translation>Kein Modell gewählt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>Choose one on the left. There is none? The Train page makes one of your sounds.</source>
        <translation>Links eines wählen. Es gibt keines? Auf der Seite „Trainieren“ entsteht eines aus eigenen Klängen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>Opening the model</source>
        <translation>Das Modell wird geöffnet</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>Its sounds are laid out next.</source>
        <translation>Gleich werden seine Klänge angeordnet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>{done} of {total} sounds</source>
        <translation>{done} von {total} Klängen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>Laying out the map</source>
        <translation>Die Karte wird angeordnet</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>This model has no sounds to lay out</source>
        <translation>Dieses Modell hat keine Klänge für eine Karte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/map_messages.py"/>
        <source>Their files may have been moved. New sounds can be made all the same.</source>
        <translation>Vielleicht wurden ihre Dateien verschoben. Neue Klänge lassen sich trotzdem erzeugen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_map.py"/>
        <source>Map of sounds</source>
        <translation>Karte der Klänge</translation>
    </message>
</context>
<context>
    <name>SoundsElsewhere</name>
    <message>
        <location filename="../../sda_desktop/ui/sounds_elsewhere.py"/>
        <source>Look for the sounds in…</source>
        <translation>Die Klänge suchen in…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sounds_elsewhere.py"/>
        <source>Where are the sounds of this run now?</source>
        <translation>Wo sind die Klänge dieses Laufs jetzt?</translation>
    </message>
</context>
<context>
    <name>SoundsMenu</name>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Open files…</source>
        <translation>Dateien öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Demo sounds</source>
        <translation>Demo-Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Scan again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Clear this list</source>
        <translation>Diese Liste leeren</translation>
    </message>
</context>
<context>
    <name>StartNotices</name>
    <message>
        <location filename="../../sda_desktop/ui/start_notices.py"/>
        <source>SDA Desktop ended unexpectedly last time.</source>
        <translation>SDA Desktop endete letztes Mal unerwartet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/start_notices.py"/>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/start_notices.py"/>
        <source>The training of {name} was interrupted at epoch {epoch}.</source>
        <translation>Das Training von {name} wurde in Epoche {epoch} unterbrochen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/start_notices.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/start_notices.py"/>
        <source>Nothing that was saved is lost. The details help whoever mends this.</source>
        <translation>Nichts Gespeichertes ist verloren. Die Details helfen denen, die das beheben.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Passes over the sounds</source>
        <translation>Durchgänge durch die Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Steps of this epoch</source>
        <translation>Schritte dieser Epoche</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Speed of the training</source>
        <translation>Tempo des Trainings</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Left</source>
        <translation>Noch</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>estimating</source>
        <translation>wird geschätzt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Time until the training is done</source>
        <translation>Zeit, bis das Training fertig ist</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Where the training runs</source>
        <translation>Wo das Training läuft</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Memory used by this app</source>
        <translation>Von dieser App belegter Speicher</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Stopping and saving</source>
        <translation>Wird gestoppt und gespeichert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Finished in {time} at epoch {epochs}, best kept at {best}.</source>
        <translation>Nach {time} fertig, bei Epoche {epochs}; bester Stand: Epoche {best}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Stopped in epoch {epoch}; everything is saved.</source>
        <translation>In Epoche {epoch} gestoppt; alles ist gespeichert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>Stopped before the first step.</source>
        <translation>Vor dem ersten Schritt gestoppt.</translation>
    </message>
</context>
<context>
    <name>StopColumn</name>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Add a sound</source>
        <translation>Klang dazu</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Add another sound</source>
        <translation>Noch ein Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Add sound {number} of the morph</source>
        <translation>Klang {number} zum Morph hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Add the present sound, or drag one here from the map or the history</source>
        <translation>Den jetzigen Klang hinzufügen, oder einen von der Karte oder aus dem Verlauf hierher ziehen</translation>
    </message>
</context>
<context>
    <name>StopRow</name>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>{number} of {count}: {name}</source>
        <translation>{number} von {count}: {name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Space plays it, Delete removes it, Alt with Up or Down moves it.</source>
        <translation>Die Leertaste spielt ihn, Entf entfernt ihn, Alt mit Auf oder Ab verschiebt ihn.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>{name}: click to hear it, drag up or down to reorder</source>
        <translation>{name}: Klicken zum Hören, nach oben oder unten ziehen zum Umordnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Take {name} out of the morph</source>
        <translation>{name} aus dem Morph nehmen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/morph_stops.py"/>
        <source>Take it out of the morph</source>
        <translation>Aus dem Morph nehmen</translation>
    </message>
</context>
<context>
    <name>WaveformView</name>
    <message>
        <location filename="../../sda_desktop/ui/waveform.py"/>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/waveform.py"/>
        <source>Click or use the arrow keys to move the playhead.</source>
        <translation>Klicken oder die Pfeiltasten benutzen, um den Abspielkopf zu bewegen.</translation>
    </message>
</context>
<context>
    <name>WindowMenu</name>
    <message>
        <location filename="../../sda_desktop/ui/window_menu.py"/>
        <source>{language} is spoken from the next start of SDA Desktop on.</source>
        <translation>{language} gilt ab dem nächsten Start von SDA Desktop.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is no longer there</source>
        <translation>ist nicht mehr da</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>cannot be opened: {error}</source>
        <translation>lässt sich nicht öffnen: {error}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It {what}.</source>
        <translation>Die Datei {what}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It holds no sound; perhaps its recording was never finished.</source>
        <translation>Sie enthält keinen Klang; vielleicht wurde ihre Aufnahme nie abgeschlossen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It holds samples that are not numbers (NaN or infinite).</source>
        <translation>Sie enthält Werte, die keine Zahlen sind (NaN oder unendlich).</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>Export it again.</source>
        <translation>Neu exportieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It is too short: {length_s:.3f} s, and {minimum_s:g} s are needed.</source>
        <translation>Zu kurz: {length_s:.3f} s, nötig sind {minimum_s:g} s.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It is silent.</source>
        <translation>Die Datei ist stumm.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It is silent in mono: its channels cancel each other out.</source>
        <translation>In Mono stumm: Die Kanäle löschen sich gegenseitig aus.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/audio/analysis.py"/>
        <source>It is clipped in {n} places.</source>
        <translation><numerusform>An {n} Stelle übersteuert.</numerusform><numerusform>An {n} Stellen übersteuert.</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>The decoded copy of {path} is gone, and the file itself is no longer as it was.</source>
        <translation>Die dekodierte Kopie von {path} ist weg, und die Datei selbst hat sich geändert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>Put the file back, then resume.</source>
        <translation>Die Datei zurücklegen, dann fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Put it back or leave it out.</source>
        <translation>Zurücklegen oder weglassen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>keeps changing while it is read</source>
        <translation>ändert sich ständig, während sie gelesen wird</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>Try again when it is finished.</source>
        <translation>Noch einmal versuchen, wenn sie fertig ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>The decoded copy of {path} cannot be read back from {folder}.</source>
        <translation>Die dekodierte Kopie von {path} lässt sich nicht aus {folder} zurücklesen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>Check the disk.</source>
        <translation>Den Datenträger prüfen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>The disk is full: decoding {path} needs {needed} in {folder}, and {free} are free.</source>
        <translation>Der Datenträger ist voll: {path} zu dekodieren braucht {needed} in {folder}, frei sind {free}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Free some space on that disk and try again.</source>
        <translation>Platz auf diesem Datenträger schaffen und noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>holds samples that are not numbers</source>
        <translation>enthält Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/cache.py"/>
        <source>holds no sound</source>
        <translation>enthält keinen Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/containers.py"/>
        <source>about {percent} % of it is missing</source>
        <translation>etwa {percent} % fehlen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/containers.py"/>
        <source>its end is not Ogg data</source>
        <translation>das Ende besteht nicht aus Ogg-Daten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/containers.py"/>
        <source>its last page is incomplete</source>
        <translation>die letzte Seite ist unvollständig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>may not be read by you</source>
        <translation>darf nicht gelesen werden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Change its permissions or leave it out.</source>
        <translation>Die Zugriffsrechte ändern oder die Datei weglassen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>cannot be opened</source>
        <translation>lässt sich nicht öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Check the disk it is on.</source>
        <translation>Den Datenträger prüfen, auf dem sie liegt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is an empty file (0 bytes)</source>
        <translation>ist leer (0 Bytes)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Export or copy it again.</source>
        <translation>Noch einmal exportieren oder kopieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>cannot be read: it is damaged, or not the kind of sound its name says</source>
        <translation>ist unlesbar: beschädigt, oder nicht die Art von Klang, die der Name sagt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Export it again as WAV or FLAC.</source>
        <translation>Noch einmal als WAV oder FLAC exportieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>has an impossible header ({rate_hz} Hz, {channels} channels)</source>
        <translation>hat einen unmöglichen Dateikopf ({rate_hz} Hz, {channels} Kanäle)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>vanished while it was read</source>
        <translation>verschwand beim Lesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is cut off: {missing}</source>
        <translation>ist abgeschnitten: {missing}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>Copy or export it again.</source>
        <translation>Noch einmal kopieren oder exportieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>cut off</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is {word}: only {decoded} of {frames} can be read</source>
        <translation>ist {word}: Nur {decoded} von {frames} sind lesbar</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>cut off or damaged</source>
        <translation>abgeschnitten oder beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source> of {frames}</source>
        <translation> von {frames}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/decoding.py"/>
        <source>is {word} after {decoded}{whole}</source>
        <translation>ist {word} nach {decoded}{whole}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/demo.py"/>
        <source>{folder} is in the way of the demo sounds.</source>
        <translation>{folder} ist den Demo-Klängen im Weg.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/demo.py"/>
        <source>Move or delete that file.</source>
        <translation>Diese Datei verschieben oder löschen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>{source} may not be read by you.</source>
        <translation>{source} darf nicht gelesen werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>Change its permissions or choose another.</source>
        <translation>Die Zugriffsrechte ändern oder etwas anderes wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>is a link that leads nowhere</source>
        <translation>ist ein Link, der nirgendwohin führt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>does not exist</source>
        <translation>gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>Check the name and the place: {source}</source>
        <translation>Name und Ort prüfen: {source}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>{source} is neither a folder nor a file.</source>
        <translation>{source} ist weder ein Ordner noch eine Datei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>Choose another one.</source>
        <translation>Etwas anderes wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>{source} belongs to a training run: its sounds are left out.</source>
        <translation>{source} gehört zu einem Trainingslauf: Die Klänge darin werden ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>{source} holds files of this app: its sounds are left out.</source>
        <translation>{source} enthält Dateien dieser App: Die Klänge darin werden ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>The folder {place} is left out: you have no permission to look inside.</source>
        <translation>Der Ordner {place} wird ausgelassen: Die Rechte, hineinzusehen, fehlen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/discovery.py"/>
        <source>The folder {place} is left out: it cannot be read.</source>
        <translation>Der Ordner {place} wird ausgelassen: Er lässt sich nicht lesen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export.py"/>
        <location filename="../../sda_desktop/audio/io.py"/>
        <source>{path} was not written: the sound holds values that are not numbers.</source>
        <translation>{path} wurde nicht geschrieben: Der Klang enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export.py"/>
        <source>The sound is silent: there is no level to change.</source>
        <translation>Der Klang ist stumm: Es gibt keinen Pegel zu ändern.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export.py"/>
        <source>The sound is too quiet for a loudness: its level was left as it is.</source>
        <translation>Der Klang ist zu leise für eine Lautheit: Der Pegel blieb, wie er war.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export.py"/>
        <source>{target:g} LUFS would go beyond full scale: it was kept at {reached:.1f} LUFS, with its peak at {ceiling_db:.1f} dB.</source>
        <translation>{target:g} LUFS gingen über Vollaussteuerung hinaus: Es blieb bei {reached:.1f} LUFS, mit der Spitze bei {ceiling_db:.1f} dB.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_file.py"/>
        <source>{path} exists already in {parent}.</source>
        <translation>{path} gibt es in {parent} schon.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_file.py"/>
        <source>Choose another name, or say to replace it.</source>
        <translation>Einen anderen Namen wählen oder das Ersetzen erlauben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_file.py"/>
        <source>{path} was not written: the sound is empty.</source>
        <translation>{path} wurde nicht geschrieben: Der Klang ist leer.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_file.py"/>
        <source>Choose another sound.</source>
        <translation>Einen anderen Klang wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_file.py"/>
        <location filename="../../sda_desktop/audio/io.py"/>
        <source>{path} could not be written.</source>
        <translation>{path} konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>compressed</source>
        <translation>komprimiert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>24 bit</source>
        <translation>24 Bit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>32 bit float</source>
        <translation>32 Bit Float</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>There is no format {kind!r}.</source>
        <translation>Das Format {kind!r} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose one of {names}.</source>
        <translation>Eines davon wählen: {names}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>{sample_rate_hz} Hz is not a rate for export.</source>
        <translation>{sample_rate_hz} Hz ist keine Rate für den Export.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose 44100, 48000 or 96000.</source>
        <translation>44100, 48000 oder 96000 wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>MP3 has no 96 kHz.</source>
        <translation>MP3 kennt keine 96 kHz.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose 44.1 or 48 kHz, or WAV, FLAC or OGG for 96 kHz.</source>
        <translation>44.1 oder 48 kHz wählen, oder für 96 kHz WAV, FLAC oder OGG.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>{kind_words} has no bit depth to choose.</source>
        <translation>{kind_words} hat keine wählbare Bittiefe.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Leave it out, or choose WAV or FLAC.</source>
        <translation>Weglassen, oder WAV oder FLAC wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>{kind_words} has no 32 bit float.</source>
        <translation>{kind_words} kennt kein 32 Bit Float.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose 24 bit, or WAV for 32 bit float.</source>
        <translation>24 Bit wählen, oder WAV für 32 Bit Float.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>{kind_words} has no bit depth {subtype!r}.</source>
        <translation>{kind_words} hat keine Bittiefe {subtype!r}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose 16 or 24.</source>
        <translation>16 oder 24 wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>There is no normalisation {normalise!r}.</source>
        <translation>Die Normalisierung {normalise!r} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>Choose none, peak or loudness.</source>
        <translation>none, peak oder loudness wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>The target of the {normalise}</source>
        <translation>Das Ziel ({normalise})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>The fade in</source>
        <translation>Das Einblenden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>The fade out</source>
        <translation>Das Ausblenden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>These options of an export cannot be understood.</source>
        <translation>Diese Exporteinstellungen sind unverständlich.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <source>{what} is {value:g}; it must lie between {low:g} and {high:g} {unit}.</source>
        <translation>{what} ist {value:g}; erlaubt ist {low:g} bis {high:g} {unit}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/export_options.py"/>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>Choose a value in that range.</source>
        <translation>Einen Wert in diesem Bereich wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>darker</source>
        <translation>dunkler</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>brighter</source>
        <translation>heller</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>noisiness</source>
        <translation>Rauschanteil</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>purer</source>
        <translation>reiner</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>noisier</source>
        <translation>rauschiger</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>quieter</source>
        <translation>leiser</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>louder</source>
        <translation>lauter</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>attack</source>
        <translation>Anschlag</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>sharper attack</source>
        <translation>härterer Anschlag</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>softer attack</source>
        <translation>weicherer Anschlag</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>shorter</source>
        <translation>kürzer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>longer</source>
        <translation>länger</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>pitch</source>
        <translation>Tonhöhe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>lower</source>
        <translation>tiefer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/features.py"/>
        <source>higher</source>
        <translation>höher</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/limiter.py"/>
        <source>The sound holds values that are not numbers.</source>
        <translation>Der Klang enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/limiter.py"/>
        <source>Make it anew.</source>
        <translation>Neu erzeugen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>It is of a kind that cannot be read ({suffix}). Convert it to WAV or FLAC.</source>
        <translation>Diese Dateiart lässt sich nicht lesen ({suffix}). In WAV oder FLAC umwandeln.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>It is an exact copy of {twin}.</source>
        <translation>Eine genaue Kopie von {twin}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>There are no sounds here. WAV, AIFF, FLAC, OGG, Opus and MP3 files can be used.</source>
        <translation>Hier sind keine Klänge. Möglich sind Dateien in WAV, AIFF, FLAC, OGG, Opus und MP3.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>None of these sounds can be used; each is listed with the reason.</source>
        <translation>Keiner dieser Klänge ist brauchbar; bei jedem steht der Grund.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>Only 1 usable sound: the model will know nothing else, and is tested on the end of that sound. 5 or more are better.</source>
        <translation>Nur 1 brauchbarer Klang: Das Modell kennt dann nichts anderes und wird am Ende dieses Klangs geprüft. 5 oder mehr sind besser.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>Only {usable} usable sounds: the model will know little else. 5 or more are better.</source>
        <translation>Nur {usable} brauchbare Klänge: Das Modell kennt dann kaum etwas anderes. 5 oder mehr sind besser.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>the same sound</source>
        <translation>denselben Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>only {different} different sounds</source>
        <translation>nur {different} verschiedene Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/audio/scan.py"/>
        <source>These {usable} files hold {what}; the rest are exact copies. 5 or more are better.</source>
        <translation>Diese {usable} Dateien enthalten {what}; der Rest sind genaue Kopien. 5 oder mehr sind besser.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/diagnostics.py"/>
        <source>{target} is a folder.</source>
        <translation>{target} ist ein Ordner.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/diagnostics.py"/>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/diagnostics.py"/>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>There is a file {target} already.</source>
        <translation>Die Datei {target} gibt es schon.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/diagnostics.py"/>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>Choose another name, or say that it may be replaced.</source>
        <translation>Einen anderen Namen wählen oder erlauben, dass sie ersetzt wird.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/errors.py"/>
        <source>Update SDA Desktop to open it; nothing was changed.</source>
        <translation>SDA Desktop aktualisieren, um sie zu öffnen; nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/errors.py"/>
        <source>it was written by a newer SDA Desktop ({app}, format {version}; this one reads up to {supported})</source>
        <translation>die Datei stammt von einem neueren SDA Desktop ({app}, Format {version}; dieses liest bis {supported})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>This model is too large for one file.</source>
        <translation>Dieses Modell ist zu groß für eine einzelne Datei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>Copy its folder instead.</source>
        <translation>Stattdessen seinen Ordner kopieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{name} in it was changed after it was written (hash mismatch)</source>
        <translation>{name} darin wurde nach dem Schreiben geändert (Prüfsumme falsch)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is too large to be genuine</source>
        <translation>die Datei ist zu groß, um echt zu sein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is not {what} of SDA Desktop, or was cut off</source>
        <translation>SDA Desktop erkennt sie nicht als {what}, oder sie ist abgeschnitten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it holds far more than it should</source>
        <translation>die Datei enthält viel mehr, als sie sollte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is not {what} of SDA Desktop (it has no {manifest_name})</source>
        <translation>SDA Desktop erkennt sie nicht als {what} (darin fehlt {manifest_name})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>a member is in it twice</source>
        <translation>etwas ist doppelt darin</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it holds {filename!r}, which has no business there</source>
        <translation>{filename!r} ist darin und hat dort nichts verloren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{filename} in it is no plain file</source>
        <translation>{filename} darin ist keine einfache Datei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{filename} in it is compressed, which this app never does</source>
        <translation>{filename} darin ist komprimiert, was diese App nie tut</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{filename} in it is far too large to be genuine</source>
        <translation>{filename} darin ist viel zu groß, um echt zu sein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{manifest_name} does not list what is in it</source>
        <translation>{manifest_name} zählt nicht auf, was darin ist</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{manifest_name} has a wrong entry for {name}</source>
        <translation>{manifest_name} hat einen falschen Eintrag für {name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{name} in it is far too large to be genuine</source>
        <translation>{name} darin ist viel zu groß, um echt zu sein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is gone</source>
        <translation>die Datei ist weg</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>{name} in it is damaged</source>
        <translation>{name} darin ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/archive.py"/>
        <source>it is damaged, or cannot be read</source>
        <translation>die Datei ist beschädigt oder nicht lesbar</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>This sound was made from one that the model does not have.</source>
        <translation>Dieser Klang entstand aus einem, den das Modell nicht hat.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>Open it with the model that it was made with.</source>
        <translation>Mit dem Modell öffnen, mit dem er entstand.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>None of the sounds that this model was trained on can be read.</source>
        <translation>Keiner der Klänge, mit denen dieses Modell trainiert wurde, ist lesbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>Put them back where they were to see them on the map.</source>
        <translation>Sie dorthin zurücklegen, wo sie waren, um sie auf der Karte zu sehen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <location filename="../../sda_desktop/training/found_again.py"/>
        <source>{name} is no longer there.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>Put it back to see it on the map.</source>
        <translation>Zurücklegen, um ihn auf der Karte zu sehen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/atlas.py"/>
        <source>{name} is not the sound any more that the model was trained on.</source>
        <translation>{name} ist nicht mehr der Klang, mit dem das Modell trainiert wurde.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/blend.py"/>
        <source>the fade ends before it begins</source>
        <translation>die Blende endet, bevor sie beginnt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/blend.py"/>
        <source>These settings of a blend cannot be used.</source>
        <translation>Diese Einstellungen einer Mischung sind unbrauchbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/blend.py"/>
        <source>Set the blend anew.</source>
        <translation>Die Mischung neu einstellen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/explore_folder.py"/>
        <source>an atlas</source>
        <translation>Atlas</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/explore_folder.py"/>
        <source>a chart</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/explore_folder.py"/>
        <source>{name} is damaged</source>
        <translation>{name} ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/explore_folder.py"/>
        <source>What was kept of the sounds of this model cannot be used: {problem}.</source>
        <translation>Was von den Klängen dieses Modells aufbewahrt war, ist unbrauchbar: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/explore_folder.py"/>
        <source>Open the model where its sounds are.</source>
        <translation>Das Modell dort öffnen, wo seine Klänge sind.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>the name of the model</source>
        <translation>der Name des Modells</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>the name of the sound</source>
        <translation>der Name des Klangs</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>its seed</source>
        <translation>sein Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>its place among the sounds that are exported: 001, 002, ...</source>
        <translation>sein Platz unter den exportierten Klängen: 001, 002, ...</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>today, such as 2026-05-31</source>
        <translation>heute, etwa 2026-05-31</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>The pattern for the names is empty.</source>
        <translation>Das Muster für die Namen ist leer.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>Use text and any of {known}.</source>
        <translation>Text und eines davon verwenden: {known}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>The pattern {pattern!r} has a brace without its partner.</source>
        <translation>Im Muster {pattern!r} fehlt zu einer Klammer die zweite.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>Write a field as {title}, and a brace that is meant as such twice.</source>
        <translation>Ein Feld als {title} schreiben, und eine Klammer, die als solche gemeint ist, doppelt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>There is no field {{{name}}} for names.</source>
        <translation>Ein Feld {{{name}}} gibt es für Namen nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>Use any of {known}.</source>
        <translation>Eines davon verwenden: {known}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>The field {{{name}}} takes nothing behind its name.</source>
        <translation>Das Feld {{{name}}} darf nichts hinter seinem Namen haben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/export_names.py"/>
        <source>Write it as {{{name}}}.</source>
        <translation>Als {{{name}}} schreiben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>How {title} was made cannot be read any more.</source>
        <translation>Wie {title} entstand, lässt sich nicht mehr lesen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>Make the sound anew.</source>
        <translation>Den Klang neu erzeugen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>A sound needs a name.</source>
        <translation>Ein Klang braucht einen Namen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <location filename="../../sda_desktop/training/about.py"/>
        <source>Write at least one letter.</source>
        <translation>Mindestens einen Buchstaben schreiben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>This sound is no longer in the history.</source>
        <translation>Dieser Klang ist nicht mehr im Verlauf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>It was removed elsewhere.</source>
        <translation>Er wurde anderswo entfernt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>The last line of the history was cut off, as by a power cut; it is left out.</source>
        <translation>Die letzte Zeile des Verlaufs war abgeschnitten, wie nach einem Stromausfall; sie wird ausgelassen.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/generation/history.py"/>
        <source>The history was damaged: {n} lines could not be read. All others are there; the damaged file is kept as {copy}.</source>
        <translation><numerusform>Der Verlauf war beschädigt: {n} Zeile war nicht lesbar. Alle anderen sind da; die beschädigte Datei bleibt als {copy}.</numerusform><numerusform>Der Verlauf war beschädigt: {n} Zeilen waren nicht lesbar. Alle anderen sind da; die beschädigte Datei bleibt als {copy}.</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>a history</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>This sound cannot be kept in the history.</source>
        <translation>Dieser Klang lässt sich nicht im Verlauf aufbewahren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>{path} is not a history of SDA Desktop.</source>
        <translation>{path} ist kein Verlauf von SDA Desktop.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>Move that file elsewhere and start again.</source>
        <translation>Diese Datei woandershin legen und neu starten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>The history {path} cannot be read: {reason}.</source>
        <translation>Der Verlauf {path} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/history_file.py"/>
        <source>Check that the drive is connected and that you may read the file.</source>
        <translation>Prüfen, ob das Laufwerk verbunden ist und die Datei gelesen werden darf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <location filename="../../sda_desktop/ui/preview_model.py"/>
        <source>New sound {seed}</source>
        <translation>Neuer Klang {seed}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Variation of {title}</source>
        <translation>Variation von {title}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>{name} lasts {seconds:.2f} s; the model takes sounds of {shortest_s:g} to {longest_s:g} s.</source>
        <translation>{name} dauert {seconds:.2f} s; das Modell nimmt Klänge von {shortest_s:g} bis {longest_s:g} s.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Cut out the part that you want.</source>
        <translation>Den gewünschten Teil ausschneiden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>{name} is silent.</source>
        <translation>{name} ist stumm.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Choose a sound that can be heard.</source>
        <translation>Einen hörbaren Klang wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>This sound was made with another model, or with another state of this one.</source>
        <translation>Dieser Klang entstand mit einem anderen Modell oder mit einem anderen Stand von diesem.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Open the model that it was made with.</source>
        <translation>Das Modell öffnen, mit dem er entstand.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>This sound is a blend, and its second model is not open.</source>
        <translation>Dieser Klang ist eine Mischung, und ihr zweites Modell ist nicht offen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Choose that model for the blend.</source>
        <translation>Dieses Modell für die Mischung wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/instrument.py"/>
        <source>Between sounds</source>
        <translation>Zwischen Klängen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{found} models are called {name}.</source>
        <translation>{found} Modelle heißen {name}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>Name one by its folder: {listed}.</source>
        <translation>Eines nach seinem Ordner nennen: {listed}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>There is no model called {name}.</source>
        <translation>Ein Modell namens {name} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>List the models to see which there are.</source>
        <translation>Die Modelle auflisten, um zu sehen, welche es gibt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{run} is no model any more.</source>
        <translation>{run} ist kein Modell mehr.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>It may have been moved or deleted.</source>
        <translation>Vielleicht wurde es verschoben oder gelöscht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{name} and {more} more</source>
        <translation>{name} und {more} weitere</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>all its checkpoints are damaged ({problem})</source>
        <translation>alle Checkpoints sind beschädigt ({problem})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{name} copy</source>
        <translation>{name} Kopie</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>Train it for a little first.</source>
        <translation>Erst ein wenig trainieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{name} has no model that can be copied.</source>
        <translation>{name} hat kein Modell, das sich kopieren lässt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <source>{run} is not a model.</source>
        <translation>{run} ist kein Modell.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/library.py"/>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>Nothing was deleted.</source>
        <translation>Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>a model file</source>
        <translation>Modelldatei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>The model {source} cannot be exported: {problem}.</source>
        <translation>Das Modell {source} lässt sich nicht exportieren: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>Choose another checkpoint.</source>
        <translation>Einen anderen Checkpoint wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>{run} is no model: {problem}.</source>
        <translation>{run} ist kein Modell: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>nothing was saved yet</source>
        <translation>noch wurde nichts gespeichert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>{name} holds no model: {problem}.</source>
        <translation>{name} enthält kein Modell: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>it holds no {group}</source>
        <translation>{group} fehlt darin</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} cannot be read ({reason})</source>
        <translation>{name} ist nicht lesbar ({reason})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>{name} was changed after it was written (hash mismatch)</source>
        <translation>{name} wurde nach dem Schreiben geändert (Prüfsumme falsch)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source> and no </source>
        <translation> und </translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>it has no {names}</source>
        <translation>es fehlt darin: {names}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>it is nested too deeply, or holds an endless number</source>
        <translation>die Datei ist zu tief verschachtelt oder enthält eine endlose Zahl</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>{place} cannot be opened: {problem}.</source>
        <translation>{place} lässt sich nicht öffnen: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>Nothing was imported. Ask for the file again if you were sent it.</source>
        <translation>Nichts wurde importiert. Wer die Datei zugeschickt bekam, kann sie noch einmal anfordern.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>the model in it cannot be used</source>
        <translation>das Modell darin ist unbrauchbar</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its map names files on another computer</source>
        <translation>die Karte nennt Dateien auf einem anderen Computer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its atlas is damaged, or names files on another computer</source>
        <translation>der Atlas ist beschädigt oder nennt Dateien auf einem anderen Computer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its checkpoint has a wrong step or reason</source>
        <translation>der Checkpoint hat einen falschen Schritt oder Grund</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its checkpoint does not list what is in it</source>
        <translation>der Checkpoint zählt nicht auf, was darin ist</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its checkpoint names files on another computer</source>
        <translation>der Checkpoint nennt Dateien auf einem anderen Computer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>the model in it is damaged: {problem}</source>
        <translation>das Modell darin ist beschädigt: {problem}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its model is said to be larger than its weights</source>
        <translation>das Modell soll größer sein als seine Gewichte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/model_file.py"/>
        <source>its spectrogram has a size that no model has</source>
        <translation>das Spektrogramm hat eine Größe, die kein Modell hat</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/morph_course.py"/>
        <source>A morph leads past {fewest_stops} to {most_stops} sounds, not {stops}.</source>
        <translation>Ein Morph führt über {fewest_stops} bis {most_stops} Klänge, nicht {stops}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/morph_course.py"/>
        <source>Add or remove sounds.</source>
        <translation>Klänge hinzufügen oder entfernen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/morph_course.py"/>
        <source>This curve of a morph cannot be used.</source>
        <translation>Diese Kurve eines Morphs ist unbrauchbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/morph_course.py"/>
        <source>Draw it anew.</source>
        <translation>Neu zeichnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>The state of {name} that this sound was made with is no longer there.</source>
        <translation>Der Stand von {name}, mit dem dieser Klang entstand, ist nicht mehr da.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>Its recipe is kept; make a new sound with the model as it is now.</source>
        <translation>Sein Rezept bleibt; mit dem Modell, wie es jetzt ist, einen neuen Klang erzeugen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>{name} does not say at which rate its sounds are.</source>
        <translation>{name} sagt nicht, welche Rate seine Klänge haben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>The map has to be made anew next time. {error}</source>
        <translation>Die Karte muss nächstes Mal neu entstehen. {error}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>{name} does not say which sounds it was trained on.</source>
        <translation>{name} sagt nicht, mit welchen Klängen es trainiert wurde.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/opening.py"/>
        <source>Sound {number}</source>
        <translation>Klang {number}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>a list of presets</source>
        <translation>Liste von Presets</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>There are {max_presets} presets.</source>
        <translation>Es gibt schon {max_presets} Presets.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>Delete some that are not needed.</source>
        <translation>Nicht mehr benötigte löschen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>a preset has no name or no settings</source>
        <translation>ein Preset hat keinen Namen oder keine Einstellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>The presets could not be read ({error}). The damaged file is kept as {copy}.</source>
        <translation>Die Presets waren nicht lesbar ({error}). Die beschädigte Datei bleibt als {copy}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>A preset needs a name.</source>
        <translation>Ein Preset braucht einen Namen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>There is a preset called {name} already.</source>
        <translation>Ein Preset namens {name} gibt es schon.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>Choose another name, or replace it.</source>
        <translation>Einen anderen Namen wählen oder es ersetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>There is no preset called {name}.</source>
        <translation>Ein Preset namens {name} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>It may have been renamed or deleted.</source>
        <translation>Vielleicht wurde es umbenannt oder gelöscht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>These settings cannot be kept as a preset.</source>
        <translation>Diese Einstellungen lassen sich nicht als Preset aufbewahren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/presets.py"/>
        <source>Reset the controls and try again.</source>
        <translation>Die Regler zurücksetzen und noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>a recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>there is no kind of sound called {kind!r}</source>
        <translation>eine Art von Klang namens {kind!r} gibt es nicht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The length</source>
        <translation>Die Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The seed</source>
        <translation>Der Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The novelty</source>
        <translation>Die Neuheit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The variation</source>
        <translation>Die Variation</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The density</source>
        <translation>Die Dichte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source> a second</source>
        <translation> pro Sekunde</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>more than two models are mixed in it</source>
        <translation>mehr als zwei Modelle sind darin gemischt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>The slider {name}</source>
        <translation>Der Regler {name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>it is not a set of named values</source>
        <translation>es besteht nicht aus benannten Werten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>This sound was made by a newer version of SDA Desktop.</source>
        <translation>Dieser Klang entstand mit einer neueren Version von SDA Desktop.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>Update SDA Desktop to open it.</source>
        <translation>SDA Desktop aktualisieren, um ihn zu öffnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>some of its values are missing or of another kind</source>
        <translation>Werte fehlen oder sind von anderer Art</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>the shares of its sounds sum to nothing</source>
        <translation>die Anteile seiner Klänge ergeben zusammen nichts</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>{name} is {value:g}{unit}; it must lie between {low:g} and {high:g}{unit}.</source>
        <translation>{name} ist {value:g}{unit}; erlaubt ist {low:g} bis {high:g}{unit}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>it goes through {course} places, where 1 to {max_stops} are possible</source>
        <translation>es führt über {course} Orte, möglich sind 1 bis {max_stops}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>a place of it lies outside of its time</source>
        <translation>ein Ort liegt außerhalb seiner Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>its places are not in the order of time</source>
        <translation>die Orte sind nicht in zeitlicher Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>a place of it lies between no sounds, too many, or the same one twice</source>
        <translation>ein Ort liegt zwischen keinen Klängen, zu vielen oder zweimal demselben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>a share of a sound is not between -{max_share:g} and {max_share:g}</source>
        <translation>der Anteil eines Klangs liegt nicht zwischen -{max_share:g} und {max_share:g}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>the shares of its sounds do not sum to one</source>
        <translation>die Anteile seiner Klänge ergeben zusammen nicht eins</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/recipe.py"/>
        <source>This recipe of a sound cannot be used: {reason}.</source>
        <translation>Dieses Rezept eines Klangs ist unbrauchbar: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/sequence.py"/>
        <source>This model has no slider {name}.</source>
        <translation>Dieses Modell hat keinen Regler {name}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/sequence.py"/>
        <source>Set it back to make the sound.</source>
        <translation>Ihn zurückstellen, um den Klang zu erzeugen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/shared_file.py"/>
        <source>{path} is in use by another SDA Desktop.</source>
        <translation>{path} wird gerade von einem anderen SDA Desktop benutzt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/shared_file.py"/>
        <source>Try again in a moment, or close the other one.</source>
        <translation>Gleich noch einmal versuchen oder das andere schließen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/shared_file.py"/>
        <source>{path} cannot be used: {problem}.</source>
        <translation>{path} ist unbrauchbar: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/slider.py"/>
        <source>This is not a slider.</source>
        <translation>Das ist kein Regler.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/sound_jobs.py"/>
        <source>{name} cannot be read.</source>
        <translation>{name} ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/sound_jobs.py"/>
        <source>Check that it is still there.</source>
        <translation>Prüfen, ob die Datei noch da ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/sound_map.py"/>
        <source>This is not a map of sounds.</source>
        <translation>Das ist keine Karte von Klängen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>{name} does not hold a model that this version can use.</source>
        <translation>{name} enthält kein Modell, das diese Version verwenden kann.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>The model {name} was made by a newer version of SDA Desktop.</source>
        <translation>Das Modell {name} stammt von einer neueren Version von SDA Desktop.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>All models of the run {name} are damaged.</source>
        <translation>Alle Modelle des Laufs {name} sind beschädigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>The run {name} has no model yet.</source>
        <translation>Der Lauf {name} hat noch kein Modell.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trained_model.py"/>
        <source>Choose another run.</source>
        <translation>Einen anderen Lauf wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>{name} is in the trash.</source>
        <translation>{name} liegt im Papierkorb.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>This disk has no trash: {name} was moved to {place}.</source>
        <translation>Dieser Datenträger hat keinen Papierkorb: {name} wurde nach {place} verschoben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>{name} cannot be brought back from here.</source>
        <translation>{name} lässt sich von hier nicht zurückholen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>Look for it in the system&apos;s trash.</source>
        <translation>Im Papierkorb des Systems danach suchen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>{folder} could not be moved to the trash: {reason}.</source>
        <translation>{folder} ließ sich nicht in den Papierkorb legen: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/trash.py"/>
        <source>Close the programs that use it, and check that you may change its folder.</source>
        <translation>Programme schließen, die ihn benutzen, und prüfen, ob sein Ordner geändert werden darf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/generation/weights_identity.py"/>
        <source>{name} is not a valid tensor file</source>
        <translation>{name} ist keine gültige Tensor-Datei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>The disk is full: {path} could not be written.</source>
        <translation>Der Datenträger ist voll: {path} konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>{path} could not be changed: the folder or the disk is write-protected.</source>
        <translation>{path} ließ sich nicht ändern: Der Ordner oder der Datenträger ist schreibgeschützt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Choose a folder that you may write to.</source>
        <translation>Einen Ordner wählen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>{path} could not be written: its folder is gone.</source>
        <translation>{path} konnte nicht geschrieben werden: Der Ordner ist weg.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Check that the drive is still connected and that the folder was not moved or deleted.</source>
        <translation>Prüfen, ob das Laufwerk noch verbunden ist und der Ordner nicht verschoben oder gelöscht wurde.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Check the disk and try again.</source>
        <translation>Den Datenträger prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>The disk is full: nothing can be kept in {folder}.</source>
        <translation>Der Datenträger ist voll: In {folder} lässt sich nichts aufbewahren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Free some space on it.</source>
        <translation>Platz darauf schaffen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Nothing can be kept: {folder} cannot be written ({reason}).</source>
        <translation>Nichts lässt sich aufbewahren: In {folder} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/storage.py"/>
        <source>Set {variable} to a folder that you may write to, and start again.</source>
        <translation>{variable} auf einen Ordner setzen, in den geschrieben werden darf, und neu starten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/about.py"/>
        <source>a note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/about.py"/>
        <source>A model needs a name.</source>
        <translation>Ein Modell braucht einen Namen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/about.py"/>
        <source>{path} cannot be changed: {problem}.</source>
        <translation>{path} lässt sich nicht ändern: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/about.py"/>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>Update SDA Desktop.</source>
        <translation>SDA Desktop aktualisieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>There is no checkpoint at {path}.</source>
        <translation>Unter {path} gibt es keinen Checkpoint.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>It may have been moved or deleted: choose another one.</source>
        <translation>Vielleicht verschoben oder gelöscht: etwas anderes wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>it holds no {names}</source>
        <translation>es fehlt darin: {names}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>The checkpoint {folder} cannot be used: {problem}.</source>
        <translation>Der Checkpoint {folder} ist unbrauchbar: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>Nothing was changed. Choose another checkpoint of this run.</source>
        <translation>Nichts wurde geändert. Einen anderen Checkpoint dieses Laufs wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>{name} changed its length while it was read</source>
        <translation>{name} änderte die Länge beim Lesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>The folder {checkpoints} cannot be read: {reason}.</source>
        <translation>Der Ordner {checkpoints} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>Check that the drive is connected and that you may read the folder.</source>
        <translation>Prüfen, ob das Laufwerk verbunden ist und der Ordner gelesen werden darf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint.py"/>
        <source>{folder} is not a checkpoint.</source>
        <translation>{folder} ist kein Checkpoint.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>a checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>the state of a checkpoint</source>
        <translation>Stand eines Checkpoints</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is far too large to be genuine</source>
        <translation>{name} ist viel zu groß, um echt zu sein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is missing</source>
        <translation>{name} fehlt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is empty</source>
        <translation>{name} ist leer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is not text</source>
        <translation>{name} ist kein Text</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is malformed (line {lineno}: {msg})</source>
        <translation>{name} ist fehlerhaft (Zeile {lineno}: {msg})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is malformed (nested too deeply)</source>
        <translation>{name} ist fehlerhaft (zu tief verschachtelt)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is malformed (it holds an endless number)</source>
        <translation>{name} ist fehlerhaft (enthält eine endlose Zahl)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is malformed (it holds no object)</source>
        <translation>{name} ist fehlerhaft (enthält kein Objekt)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{manifest_name} was changed after it was written (hash mismatch)</source>
        <translation>{manifest_name} wurde nach dem Schreiben geändert (Prüfsumme falsch)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{manifest_name} lists no {state_name}</source>
        <translation>{manifest_name} nennt kein {state_name}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{manifest_name} has a wrong entry for {name!r}</source>
        <translation>{manifest_name} hat einen falschen Eintrag für {name!r}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is truncated: {size:,} of {whole:,} bytes are there</source>
        <translation>{name} ist abgeschnitten: {size:,} von {whole:,} Bytes sind da</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{name} is {size:,} bytes long instead of {whole:,}</source>
        <translation>{name} ist {size:,} Bytes lang statt {whole:,}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{manifest_name} has a wrong {key} ({value})</source>
        <translation>{manifest_name} hat einen falschen Wert für {key} ({value})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/checkpoint_manifest.py"/>
        <source>{manifest_name} has a wrong {key} ({value!r})</source>
        <translation>{manifest_name} hat einen falschen Wert für {key} ({value!r})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Augmentation</source>
        <translation>Augmentierung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Previews and checkpoints</source>
        <translation>Hörproben und Checkpoints</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>Automatic</source>
        <translation>Automatik</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Conservative</source>
        <translation>Vorsichtig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Aggressive</source>
        <translation>Aggressiv</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Large (graphics card)</source>
        <translation>Groß (Grafikkarte)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Automatic chooses by the number of sounds. Conservative learns slowly with strong augmentation, for few sounds; aggressive learns fast with little, for many. Large is a bigger model with bigger batches that trains longer: for a graphics card, on a processor it takes many hours.</source>
        <translation>Die Automatik wählt nach der Zahl der Klänge. Vorsichtig lernt langsam mit starker Augmentierung, für wenige Klänge; Aggressiv lernt schnell mit wenig davon, für viele. Groß ist ein größeres Modell mit größeren Batches, das länger trainiert: für eine Grafikkarte; auf einem Prozessor dauert es viele Stunden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How often the model hears about as much sound as the dataset holds. Automatic takes a length that suits the dataset.</source>
        <translation>Wie oft das Modell etwa so viel Klang hört, wie der Datensatz enthält. Die Automatik nimmt eine Länge, die zum Datensatz passt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Time limit</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Train for this long instead of a number of epochs; every schedule completes in that time.</source>
        <translation>So lange trainieren statt einer Zahl von Epochen; alle Zeitpläne werden in dieser Zeit vollständig durchlaufen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>44.1 kHz</source>
        <translation>44.1 kHz</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>48 kHz</source>
        <translation>48 kHz</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Model rate</source>
        <translation>Modellrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The sample rate of the model and of everything it makes. Automatic takes the more common of the two in the dataset.</source>
        <translation>Die Abtastrate des Modells und von allem, was es erzeugt. Die Automatik nimmt die im Datensatz häufigere der beiden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA-GPU</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Where the training runs. Automatic takes a graphics card when there is one.</source>
        <translation>Wo das Training läuft. Die Automatik nimmt eine Grafikkarte, wenn es eine gibt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Preview every</source>
        <translation>Hörprobe alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How often previews are made while training.</source>
        <translation>Wie oft während des Trainings Hörproben entstehen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Checkpoint every</source>
        <translation>Checkpoint alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How often the state of the training is saved. It is also saved every few minutes, when it improves, when it is stopped and at the end.</source>
        <translation>Wie oft der Stand des Trainings gespeichert wird. Gespeichert wird außerdem alle paar Minuten, bei jeder Verbesserung, beim Stoppen und am Ende.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The same seed, sounds and settings give the same training.</source>
        <translation>Derselbe Seed mit denselben Klängen und Einstellungen ergibt dasselbe Training.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Automatic leaves one core to the window.</source>
        <translation>Die Automatik lässt dem Fenster einen Kern.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Hold sounds out</source>
        <translation>Klänge zurückhalten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Train on every sound</source>
        <translation>Mit allen Klängen trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Holding sounds out measures honestly how the model does on sounds it never heard. Training on every sound puts all of them into the model and measures on slices of time.</source>
        <translation>Klänge zurückzuhalten misst ehrlich, wie das Modell mit nie gehörten Klängen zurechtkommt. Mit allen zu trainieren bringt alle ins Modell und misst an Zeitabschnitten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Spectrogram frames per training step, shared among the sounds of a batch (352 are 4 seconds).</source>
        <translation>Spektrogramm-Frames pro Trainingsschritt, verteilt auf die Klänge eines Batches (352 sind 4 Sekunden).</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The peak step size of the optimizer (AdamW).</source>
        <translation>Die größte Schrittweite des Optimierers (AdamW).</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Final learning rate</source>
        <translation>Letzte Lernrate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>What the learning rate falls to along a cosine, as a share of its peak.</source>
        <translation>Worauf die Lernrate entlang eines Kosinus fällt, als Anteil ihres Höchstwerts.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Warm-up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Steps over which the learning rate rises.</source>
        <translation>Schritte, über die die Lernrate steigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Pulls the weights towards zero.</source>
        <translation>Zieht die Gewichte gegen null.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Gradient clip</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The largest norm of the gradient of one step.</source>
        <translation>Die größte Norm des Gradienten eines Schritts.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Weight averaging</source>
        <translation>Gewichtsmittelung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How slowly the averaged weights, the ones you hear, follow the trained ones.</source>
        <translation>Wie langsam die gemittelten Gewichte, die zu hören sind, den trainierten folgen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>KL warm-up</source>
        <translation>KL-Anlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The share of the training over which the KL weight rises from 0.</source>
        <translation>Der Anteil des Trainings, über den das KL-Gewicht von 0 steigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>KL weight, sequence</source>
        <translation>KL-Gewicht, Folge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How strongly the latent sequence is held to its prior.</source>
        <translation>Wie stark die latente Folge an ihren Prior gebunden wird.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>KL weight, global</source>
        <translation>KL-Gewicht, global</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>How strongly the global latent is held to a standard normal.</source>
        <translation>Wie stark der globale latente Vektor an eine Standardnormalverteilung gebunden wird.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Free bits</source>
        <translation>Freie Bits</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>KL divergence per latent dimension that costs nothing; keeps the latents from collapsing.</source>
        <translation>KL-Divergenz pro latenter Dimension, die nichts kostet; verhindert, dass der latente Raum zusammenfällt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Prior share</source>
        <translation>Prior-Anteil</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The share of each batch decoded from the global latent alone.</source>
        <translation>Der Anteil jedes Batches, der nur aus dem globalen latenten Vektor dekodiert wird.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Global latents</source>
        <translation>Globale Latente</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Numbers that describe a whole sound.</source>
        <translation>Zahlen, die einen ganzen Klang beschreiben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Sequence latents</source>
        <translation>Latente der Folge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Learned numbers per 93 ms of sound.</source>
        <translation>Gelernte Zahlen pro 93 ms Klang.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Channels of the network&apos;s layers.</source>
        <translation>Kanäle der Schichten des Netzes.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Gain</source>
        <translation>Gain</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Each crop is made quieter by up to this.</source>
        <translation>Jeder Ausschnitt wird um bis zu so viel leiser.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Varispeed</source>
        <translation>Varispeed</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Half of the crops are played faster or slower by up to this.</source>
        <translation>Die Hälfte der Ausschnitte wird um bis zu so viel schneller oder langsamer abgespielt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>semitones</source>
        <translation>Halbtöne</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Late onset</source>
        <translation>Später Einsatz</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The share of crops that begin with a moment of silence.</source>
        <translation>Der Anteil der Ausschnitte, die mit einem Moment Stille beginnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>EQ tilt</source>
        <translation>EQ-Neigung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Half of the crops are made brighter or darker by about this.</source>
        <translation>Die Hälfte der Ausschnitte wird um etwa so viel heller oder dunkler.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The level of noise added to a quarter of the crops; -120 is none.</source>
        <translation>Der Pegel des Rauschens, das einem Viertel der Ausschnitte zugesetzt wird; -120 ist keines.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>dBFS</source>
        <translation>dBFS</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Held-out previews</source>
        <translation>Hörproben alter Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Held-out sounds that each preview reconstructs.</source>
        <translation>Zurückgehaltene Klänge, die jede Hörprobe rekonstruiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>New sounds</source>
        <translation>Neue Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>New sounds that each preview makes.</source>
        <translation>Neue Klänge, die jede Hörprobe erzeugt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Preview length</source>
        <translation>Hörprobenlänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The longest preview.</source>
        <translation>Die längste Hörprobe.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Save at least every</source>
        <translation>Mindestens alle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>The longest time between two checkpoints.</source>
        <translation>Die längste Zeit zwischen zwei Checkpoints.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Recent checkpoints that are kept. The best and the manual ones are always kept.</source>
        <translation>So viele letzte Checkpoints bleiben. Der beste und die von Hand gespeicherten bleiben immer.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Both Epochs (epochs = {epochs}) and Time limit (time_limit_s = {time_limit_s:g} s) are set.</source>
        <translation>Epochen (epochs = {epochs}) und Zeitlimit (time_limit_s = {time_limit_s:g} s) sind beide gesetzt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>Choose one of them.</source>
        <translation>Eines davon wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/config.py"/>
        <source>There is no setting called {names}.</source>
        <translation>Eine Einstellung namens {names} gibt es nicht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/forecast.py"/>
        <source>Free some space on it, or choose a folder on another disk.</source>
        <translation>Platz darauf schaffen oder einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/forecast.py"/>
        <source>Free some space on it, delete old runs, keep fewer checkpoints, or set {variable} to a folder on another disk.</source>
        <translation>Platz darauf schaffen, alte Läufe löschen, weniger Checkpoints behalten oder {variable} auf einen Ordner auf einem anderen Datenträger setzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/forecast.py"/>
        <source>{missing} of disk space are missing: the training writes at least {needed}, and {free} are free in {folder}.</source>
        <translation>Auf dem Datenträger fehlen {missing}: Das Training schreibt mindestens {needed}, und in {folder} sind {free} frei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/found_again.py"/>
        <source>{name} has changed since the run began.</source>
        <translation>{name} hat sich seit Beginn des Laufs geändert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/health.py"/>
        <source>Training produced no usable number for {max_bad_steps} steps in a row and was stopped at step {global_step}.</source>
        <translation>Das Training ergab {max_bad_steps} Schritte hintereinander keine brauchbare Zahl und wurde bei Schritt {global_step} gestoppt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/health.py"/>
        <source>Resume from the last checkpoint with a lower learning rate, or start again.</source>
        <translation>Vom letzten Checkpoint mit niedrigerer Lernrate fortsetzen oder neu beginnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>There is nothing at {place}.</source>
        <translation>Unter {place} gibt es nichts.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>There is no run or checkpoint at {target}.</source>
        <translation>Unter {target} gibt es keinen Lauf oder Checkpoint.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>The checkpoint {name}, from which the run would go on, was made by a newer version of SDA Desktop.</source>
        <translation>Der Checkpoint {name}, von dem aus der Lauf weiterginge, stammt von einer neueren Version von SDA Desktop.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>Update SDA Desktop, or resume the checkpoint {name}: that begins a new run from there.</source>
        <translation>SDA Desktop aktualisieren, oder den Checkpoint {name} fortsetzen: Damit beginnt dort ein neuer Lauf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>The run {name} has no checkpoint that can be used.</source>
        <translation>Der Lauf {name} hat keinen brauchbaren Checkpoint.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>All of its checkpoints are damaged.</source>
        <translation>Alle seine Checkpoints sind beschädigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>Start a new training.</source>
        <translation>Ein neues Training starten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/loop.py"/>
        <source>{name} from epoch {epoch}</source>
        <translation>{name} ab Epoche {epoch}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>a run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>There is no run at {place}.</source>
        <translation>Unter {place} gibt es keinen Lauf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>The run folder {place} cannot be used: {problem}.</source>
        <translation>Der Ordner des Laufs {place} ist unbrauchbar: {problem}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>Choose another run. The checkpoints in it, if any, can still be opened one by one.</source>
        <translation>Einen anderen Lauf wählen. Die Checkpoints darin, falls vorhanden, lassen sich noch einzeln öffnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>{run_file} has a wrong {key} ({value})</source>
        <translation>{run_file} hat einen falschen Wert für {key} ({value})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>{run_file} has a wrong created ({created})</source>
        <translation>{run_file} hat ein falsches Erstellungsdatum ({created})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>{run_file} has a wrong status ({status!r})</source>
        <translation>{run_file} hat einen falschen Status ({status!r})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>{place} is not a run.</source>
        <translation>{place} ist kein Lauf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_folder.py"/>
        <source>The folder of runs {place} cannot be read: {reason}.</source>
        <translation>Der Ordner der Läufe {place} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>by another process</source>
        <translation>von einem anderen Prozess</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>by this program (process {pid} on {host}, since {since})</source>
        <translation>von diesem Programm (Prozess {pid} auf {host}, seit {since})</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>by process {pid} on {host}, since {since}</source>
        <translation>von Prozess {pid} auf {host}, seit {since}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>The run {name} is being trained {who}.</source>
        <translation>Der Lauf {name} wird gerade trainiert, {who}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>Stop that training first, or start a new run.</source>
        <translation>Erst dieses Training stoppen oder einen neuen Lauf starten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_lock.py"/>
        <source>an unknown time</source>
        <translation>unbekannter Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>The run folder {place} lies inside the folder of sounds {source}.</source>
        <translation>Der Ordner des Laufs {place} liegt im Klangordner {source}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>Choose a place outside of it: what the app makes must not become training data.</source>
        <translation>Einen Ort außerhalb davon wählen: Was die App erzeugt, darf nicht zu Trainingsdaten werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>{place} is a file, not a folder.</source>
        <translation>{place} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>Choose another place for the run.</source>
        <translation>Einen anderen Ort für den Lauf wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>The folder {place} already holds a run.</source>
        <translation>Der Ordner {place} enthält schon einen Lauf.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>Resume that run, or choose a new folder.</source>
        <translation>Diesen Lauf fortsetzen oder einen neuen Ordner wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>The folder {place} already holds other files.</source>
        <translation>Der Ordner {place} enthält schon andere Dateien.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/run_place.py"/>
        <source>Choose a new or an empty folder.</source>
        <translation>Einen neuen oder leeren Ordner wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>Device (device) is {name!r}, which this computer does not have; it has: {there}.</source>
        <translation>Gerät (device) ist {name!r}, das dieser Computer nicht hat; er hat: {there}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>The checkpoint {name} does not hold what a resume needs.</source>
        <translation>Der Checkpoint {name} enthält nicht, was zum Fortsetzen nötig ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>Choose another checkpoint of this run.</source>
        <translation>Einen anderen Checkpoint dieses Laufs wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>The model {name} came without what a training needs to go on.</source>
        <translation>Das Modell {name} kam ohne das, was ein Training zum Weitermachen braucht.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>It can be played. To train, start a new run with your sounds.</source>
        <translation>Es ist spielbar. Zum Trainieren einen neuen Lauf mit eigenen Klängen starten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>This run is finished: all {epochs} epochs are done.</source>
        <translation>Dieser Lauf ist fertig: Alle {epochs} Epochen sind erledigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>To go on, give it more epochs than {epochs}.</source>
        <translation>Zum Weitermachen mehr als {epochs} Epochen angeben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>Epochs (epochs) is {epochs}, but {done} are done.</source>
        <translation>Epochen (epochs) ist {epochs}, aber {done} sind schon erledigt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>Give a larger number.</source>
        <translation>Eine größere Zahl angeben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/session.py"/>
        <source>The weights in {name} do not fit the model they are said to be of.</source>
        <translation>Die Gewichte in {name} passen nicht zu dem Modell, zu dem sie gehören sollen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>{label} ({name}) is {value!r}; it must be true or false.</source>
        <translation>{label} ({name}) ist {value!r}; erlaubt ist true oder false.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>{label} ({name}) is {value!r}; it must be one of {names}.</source>
        <translation>{label} ({name}) ist {value!r}; erlaubt ist {names}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>{label} ({name}) is {value!r}; it must be {wanted}.</source>
        <translation>{label} ({name}) ist {value!r}; nötig ist {wanted}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/settings_table.py"/>
        <source>{label} ({name}) is {value}{unit}; it must lie between {minimum:g} and {maximum:g}{unit}.</source>
        <translation>{label} ({name}) ist {value}{unit}; erlaubt ist {minimum:g} bis {maximum:g}{unit}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>There is no usable sound in what was given.</source>
        <translation>In der Auswahl ist kein brauchbarer Klang.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>Choose a folder with WAV, AIFF, FLAC, OGG or MP3 files.</source>
        <translation>Einen Ordner mit WAV-, AIFF-, FLAC-, OGG- oder MP3-Dateien wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>{name} was left out. {error}</source>
        <translation>{name} wurde ausgelassen. {error}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>None of the sounds could be decoded.</source>
        <translation>Keiner der Klänge ließ sich dekodieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>Look at the list of problems.</source>
        <translation>Die Liste der Probleme ansehen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>The sounds of this run are no longer where they were.</source>
        <translation>Die Klänge dieses Laufs sind nicht mehr, wo sie waren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>Put them back (the first was {path}) and resume again.</source>
        <translation>Sie zurücklegen (der erste war {path}) und wieder fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>{reason} The run goes on without it.</source>
        <translation>{reason} Der Lauf geht ohne diesen Klang weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>is gone</source>
        <translation>ist weg</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/sources.py"/>
        <source>has changed</source>
        <translation>hat sich geändert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/speeds.py"/>
        <source>a record of speeds</source>
        <translation>eine Aufzeichnung von Geschwindigkeiten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/tensor_file.py"/>
        <source>The tensor {group}/{name} has the type {dtype}, which cannot be saved.</source>
        <translation>Der Tensor {group}/{name} hat den Typ {dtype}, der sich nicht speichern lässt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/trainer.py"/>
        <source>There is not enough memory for even the smallest batch.</source>
        <translation>Nicht einmal für den kleinsten Batch reicht der Speicher.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/trainer.py"/>
        <source>Close other programs, or train with a smaller width or on the processor.</source>
        <translation>Andere Programme schließen, oder mit kleinerer Breite oder auf dem Prozessor trainieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/trainer.py"/>
        <source>{name} {what}. Training goes on with it as it was.</source>
        <translation>{name} {what}. Das Training geht mit dem früheren Klang weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/trainer.py"/>
        <source>The previews of epoch {epoch} could not be written. {error}</source>
        <translation>Die Hörproben von Epoche {epoch} konnten nicht geschrieben werden. {error}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/trainer.py"/>
        <source>The checkpoint could not be saved. {error} Training goes on.</source>
        <translation>Der Checkpoint konnte nicht gespeichert werden. {error} Das Training geht weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>The model does {percent:.0f}% worse on sounds it has not heard than on the training sounds. Training goes on; the best state, of epoch {best_epoch}, is kept.</source>
        <translation>Das Modell ist bei nie gehörten Klängen um {percent:.0f} % schlechter als bei den Trainingsklängen. Das Training geht weiter; der beste Stand, aus Epoche {best_epoch}, bleibt erhalten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>The latents hold almost nothing any more (KL divergence {kl_divergence_nats:.2f} nats). Lower the KL weights or raise the free bits.</source>
        <translation>Der latente Raum enthält fast nichts mehr (KL-Divergenz {kl_divergence_nats:.2f} nats). Die KL-Gewichte senken oder die freien Bits erhöhen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>Step {step} gave no finite number and was skipped; nothing was changed by it.</source>
        <translation>Schritt {step} ergab keine endliche Zahl und wurde übersprungen; er hat nichts verändert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>Memory ran out: the batch was halved to {half} frames.</source>
        <translation>Der Speicher ging aus: Der Batch wurde auf {half} Frames halbiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>There is only one sound, so its last part is kept for validation.</source>
        <translation>Es gibt nur einen Klang, deshalb wird sein letzter Teil für die Validierung zurückgehalten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>There is only one short sound, so the model is measured on what it trains on.</source>
        <translation>Es gibt nur einen kurzen Klang, deshalb wird das Modell an dem gemessen, womit es trainiert.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/training/warning_texts.py"/>
        <source>Damaged and passed over: {names}. Training goes on from {name}.</source>
        <translation>Beschädigt und übergangen: {names}. Das Training geht von {name} weiter.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Open folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Open &amp;files…</source>
        <translation>&amp;Dateien öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Recent r&amp;uns</source>
        <translation>Letzte &amp;Läufe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Demo sounds</source>
        <translation>De&amp;mo-Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Train</source>
        <translation>&amp;Trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Save &amp;checkpoint</source>
        <translation>&amp;Checkpoint speichern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Explore this model</source>
        <translation>Dieses &amp;Modell erkunden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Open run &amp;folder</source>
        <translation>&amp;Ordner des Laufs öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Train page</source>
        <translation>Seite „&amp;Trainieren“</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Explore page</source>
        <translation>Seite „&amp;Erkunden“</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Go to &amp;settings</source>
        <translation>Zu den Ein&amp;stellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>T&amp;heme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Motion</source>
        <translation>&amp;Bewegung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Guide</source>
        <translation>&amp;Anleitung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Log…</source>
        <translation>&amp;Protokoll…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Open log &amp;folder</source>
        <translation>Protokoll&amp;ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Save &amp;diagnostics…</source>
        <translation>&amp;Diagnose speichern…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;About SDA Desktop</source>
        <translation>Ü&amp;ber SDA Desktop</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>As the &amp;system wants</source>
        <translation>Wie das &amp;System es will</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Full</source>
        <translation>&amp;Voll</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>&amp;Reduced</source>
        <translation>&amp;Reduziert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/actions.py"/>
        <source>Nothing opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/background.py"/>
        <location filename="../../sda_desktop/ui/crash_capture.py"/>
        <source>Something went wrong that should not happen.</source>
        <translation>Etwas ging schief, das nicht passieren sollte.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/background.py"/>
        <location filename="../../sda_desktop/ui/performer.py"/>
        <source>The details help whoever mends this.</source>
        <translation>Die Details helfen denen, die das beheben.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/checkpoint_browser.py"/>
        <source>{n} runs</source>
        <translation><numerusform>{n} Lauf</numerusform><numerusform>{n} Läufe</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/comparison.py"/>
        <source>The figures of the run {name} cannot be read: it has no curves to compare.</source>
        <translation>Die Zahlen des Laufs {name} lassen sich nicht lesen: Er hat keine Kurven zum Vergleichen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/comparison.py"/>
        <source>Its checkpoints can still be played and resumed.</source>
        <translation>Seine Checkpoints lassen sich weiter spielen und fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/comparison.py"/>
        <source>The run {name} has no figures: there are no curves of it to compare.</source>
        <translation>Der Lauf {name} hat keine Zahlen: Es gibt keine Kurven von ihm zum Vergleichen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/comparison.py"/>
        <source>Compare one that was trained for a while.</source>
        <translation>Einen vergleichen, der eine Weile trainiert wurde.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/crash_capture.py"/>
        <source>You can go on working; if it behaves strangely, save and start again. The details help whoever mends this.</source>
        <translation>Weiterarbeiten ist möglich; bei seltsamem Verhalten speichern und neu starten. Die Details helfen denen, die das beheben.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/dataset_menus.py"/>
        <source>Problems first</source>
        <translation>Probleme zuerst</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drag_out.py"/>
        <source>The sound could not be made into a file.</source>
        <translation>Aus dem Klang konnte keine Datei werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drag_out.py"/>
        <location filename="../../sda_desktop/ui/export_job.py"/>
        <location filename="../../sda_desktop/ui/scan_worker.py"/>
        <source>Try again; if it happens again, copy the details and report them.</source>
        <translation>Noch einmal versuchen; wenn es wieder geschieht, die Details kopieren und melden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_links.py"/>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_links.py"/>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/explore_output.py"/>
        <source>{n} sounds copied; paste them into another program.</source>
        <translation><numerusform>{n} Klang kopiert; in einem anderen Programm einfügen.</numerusform><numerusform>{n} Klänge kopiert; in einem anderen Programm einfügen.</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>These settings of the controls cannot be used: some are of another kind.</source>
        <translation>Diese Reglereinstellungen sind unbrauchbar: Einige sind von anderer Art.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>Set the controls by hand.</source>
        <translation>Die Regler von Hand einstellen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/explore_state.py"/>
        <source>{name} is {value:g}; it must lie between {low:g} and {high:g}.</source>
        <translation>{name} ist {value:g}; erlaubt ist {low:g} bis {high:g}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/export_dialog.py"/>
        <location filename="../../sda_desktop/ui/hyperparameter_form.py"/>
        <location filename="../../sda_desktop/ui/library_model.py"/>
        <location filename="../../sda_desktop/ui/preview_delegate.py"/>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>{n} sounds</source>
        <translation><numerusform>{n} Klang</numerusform><numerusform>{n} Klänge</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/export_job.py"/>
        <source>The sounds could not be exported.</source>
        <translation>Die Klänge konnten nicht exportiert werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/folder_watch.py"/>
        <source>A folder or file is no longer where it was.</source>
        <translation>Ein Ordner oder eine Datei ist nicht mehr, wo sie war.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/folder_watch.py"/>
        <source>{count} new</source>
        <translation>{count} neu</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/folder_watch.py"/>
        <source>{count} gone</source>
        <translation>{count} weg</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/folder_watch.py"/>
        <source>{n} changed files</source>
        <translation><numerusform>{n} geänderte Datei</numerusform><numerusform>{n} geänderte Dateien</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/folder_watch.py"/>
        <source>The folder changed: {names}.</source>
        <translation>Der Ordner hat sich geändert: {names}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>No estimate yet for this device</source>
        <translation>Für dieses Gerät noch keine Schätzung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>Roughly {steps} steps in that time</source>
        <translation>Grob geschätzt {steps} Schritte in dieser Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>About {steps} steps in that time</source>
        <translation>Etwa {steps} Schritte in dieser Zeit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>Roughly {time} on this computer</source>
        <translation>Grob geschätzt {time} auf diesem Rechner</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>About {time} on this computer</source>
        <translation>Etwa {time} auf diesem Rechner</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>The status bar tells how long it takes, a few steps into the training.</source>
        <translation>Wie lange es dauert, sagt die Statusleiste nach den ersten Schritten des Trainings.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>Worked out from a training with other settings.</source>
        <translation>Aus einem Training mit anderen Einstellungen errechnet.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>It writes up to {needed}; {free} are free in {folder}.</source>
        <translation>Es schreibt bis zu {needed}; in {folder} sind {free} frei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>It needs about {needed} of memory; {free} are available.</source>
        <translation>Es braucht etwa {needed} Arbeitsspeicher; {free} sind verfügbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>The disk may fill up: up to {needed} will be written, {free} are free.</source>
        <translation>Der Datenträger wird vielleicht voll: Bis zu {needed} werden geschrieben, {free} sind frei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>Little disk space: up to {needed} will be written, {free} are free.</source>
        <translation>Wenig Speicherplatz: Bis zu {needed} werden geschrieben, {free} sind frei.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>Little memory: {needed} needed, {free} free. Try a smaller batch or width.</source>
        <translation>Wenig Arbeitsspeicher: {needed} nötig, {free} frei. Batchgröße oder Breite verringern.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>{missing} are missing on the disk of the runs: delete old ones, or keep fewer checkpoints.</source>
        <translation>Für die Läufe fehlen {missing}: alte löschen, weniger Checkpoints behalten.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/forecast_words.py"/>
        <source>{missing} are missing on the disk of the decoded sounds: make room there.</source>
        <translation>Für die dekodierten Klänge fehlen {missing}: Platz auf dem Datenträger schaffen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_fields.py"/>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_state.py"/>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_state.py"/>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_state.py"/>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/form_state.py"/>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>guide.en.md</source>
        <translation>guide.de.md</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/guide_dialog.py"/>
        <source>The guide {file} cannot be read.</source>
        <translation>Die Anleitung {file} ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>The first result comes after epoch 1.</source>
        <translation>Das erste Ergebnis kommt nach Epoche 1.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>It ended before the first result.</source>
        <translation>Es endete vor dem ersten Ergebnis.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>best kept at {best}.</source>
        <translation>bester Stand: Epoche {best}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>Latent collapsing ({kl_divergence_nats:.2f} nats left), {kept}</source>
        <translation>Latenter Raum fällt zusammen (noch {kl_divergence_nats:.2f} nats), {kept}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>Overfitting since epoch {since}, {kept}</source>
        <translation>Überanpassung seit Epoche {since}, {kept}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>No longer improving, {kept}</source>
        <translation>Wird nicht mehr besser, {kept}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>It was still improving when it ended, {kept}</source>
        <translation>Wurde am Ende noch besser, {kept}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>the gap to the training sounds is {percent:.0f}%</source>
        <translation>Abstand zu den Trainingsklängen {percent:.0f} %</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>Still improving, best so far at {best}; {gap}.</source>
        <translation>Wird noch besser, bisher am besten bei {best}; {gap}.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/health.py"/>
        <source>Still improving, best so far at {best}.</source>
        <translation>Wird noch besser, bisher am besten bei {best}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>{n} records</source>
        <translation><numerusform>{n} Eintrag</numerusform><numerusform>{n} Einträge</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>{path} cannot be read.</source>
        <translation>{path} ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/log_window.py"/>
        <source>It may be gone by now.</source>
        <translation>Vielleicht gibt es die Datei nicht mehr.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/map_canvas.py"/>
        <source>{n} sounds.</source>
        <translation><numerusform>{n} Klang.</numerusform><numerusform>{n} Klänge.</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>The curves cannot be drawn.</source>
        <translation>Die Kurven lassen sich nicht zeichnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/metrics_plots.py"/>
        <source>Install the app again.</source>
        <translation>Die App neu installieren.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/performer.py"/>
        <source>The model could not be opened.</source>
        <translation>Das Modell konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/performer.py"/>
        <source>The sound could not be made.</source>
        <translation>Der Klang konnte nicht erzeugt werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/performer.py"/>
        <source>The sliders could not be made.</source>
        <translation>Die Regler konnten nicht bestimmt werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_core.py"/>
        <source>The sound output takes no more sound.</source>
        <translation>Die Tonausgabe nimmt keinen Ton mehr an.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_core.py"/>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Check that it is connected, or choose another output next to the volume, and press play again.</source>
        <translation>Prüfen, ob sie verbunden ist, oder neben der Lautstärke eine andere wählen, und noch einmal abspielen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_loader.py"/>
        <source>{title} has to be made again before it can be played.</source>
        <translation>{title} muss neu erzeugt werden, bevor es abgespielt werden kann.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_loader.py"/>
        <source>{title} cannot be played.</source>
        <translation>{title} lässt sich nicht abspielen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_loader.py"/>
        <source>Try another sound.</source>
        <translation>Einen anderen Klang versuchen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_sounds.py"/>
        <source>{shown_name} cannot be played any further.</source>
        <translation>{shown_name} lässt sich nicht weiter abspielen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/player_sounds.py"/>
        <source>Check that it is still there and complete.</source>
        <translation>Prüfen, ob die Datei noch da und vollständig ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/preview_model.py"/>
        <source>{title}, epoch {epoch}</source>
        <translation>{title}, Epoche {epoch}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/reveal.py"/>
        <source>{path} is gone.</source>
        <translation>{path} ist weg.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/reveal.py"/>
        <source>Look again to see what is there.</source>
        <translation>Neu einlesen, um zu sehen, was da ist.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/reveal.py"/>
        <source>The file manager could not be opened.</source>
        <translation>Der Dateimanager ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/reveal.py"/>
        <source>Go to {path}</source>
        <translation>Zu {path} gehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>Made by a newer version of SDA Desktop</source>
        <translation>Von einer neueren Version von SDA Desktop</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>{n} epochs</source>
        <translation><numerusform>{n} Epoche</numerusform><numerusform>{n} Epochen</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>training now</source>
        <translation>wird trainiert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>was the best</source>
        <translation>war der beste</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>saved by you</source>
        <translation>selbst gespeichert</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>when stopped</source>
        <translation>beim Stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_entries.py"/>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_progress.py"/>
        <source>Scanning sounds</source>
        <translation>Klänge werden gesucht</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_progress.py"/>
        <source>Reading sounds</source>
        <translation>Klänge werden gelesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_progress.py"/>
        <source>Measuring</source>
        <translation>Messen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_progress.py"/>
        <source>Loading</source>
        <translation>Laden</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_progress.py"/>
        <source>{what} {done} of {total}</source>
        <translation>{what} {done} von {total}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_session.py"/>
        <source>The history of the run {name} cannot be read.</source>
        <translation>Der Verlauf des Laufs {name} ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_session.py"/>
        <source>Its checkpoints can still be resumed.</source>
        <translation>Seine Checkpoints lassen sich noch fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_state.py"/>
        <source>Stopping…</source>
        <translation>Wird gestoppt…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_state.py"/>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_state.py"/>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_state.py"/>
        <source>Train longer</source>
        <translation>Länger trainieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/run_state.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/scan_worker.py"/>
        <source>The sounds could not be examined.</source>
        <translation>Die Klänge konnten nicht untersucht werden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>a settings file</source>
        <translation>Einstellungsdatei</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>it holds bytes that no settings have</source>
        <translation>sie enthält Bytes, die Einstellungen nicht haben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/settings_file.py"/>
        <source>it is malformed</source>
        <translation>sie ist fehlerhaft</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Sounds and previews</source>
        <translation>Klänge und Hörproben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Play or stop</source>
        <translation>Abspielen oder stoppen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Play from the beginning</source>
        <translation>Von Anfang an abspielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Hear the next or previous one</source>
        <translation>Den nächsten oder vorigen hören</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Up, Down</source>
        <translation>Auf, Ab</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Hear one further away</source>
        <translation>Einen weiter entfernten hören</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>PgUp, PgDown, Home, End</source>
        <translation>Bild auf, Bild ab, Pos1, Ende</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Original or reconstruction</source>
        <translation>Original oder Rekonstruktion</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Fold an epoch up, open it</source>
        <translation>Eine Epoche zu- oder aufklappen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Back, forward</source>
        <translation>Zurück, vorwärts</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>To the beginning, to the end</source>
        <translation>Zum Anfang, zum Ende</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Home, End</source>
        <translation>Pos1, Ende</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Training settings</source>
        <translation>Trainingseinstellungen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>More, less</source>
        <translation>Mehr, weniger</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Much more, much less</source>
        <translation>Viel mehr, viel weniger</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>PgUp, PgDown</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Undo, redo</source>
        <translation>Rückgängig, wiederholen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation>Strg+Z, Strg+Umschalt+Z</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Runs and models</source>
        <translation>Läufe und Modelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Resume the run, play the model</source>
        <translation>Den Lauf fortsetzen, das Modell spielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Rename the model</source>
        <translation>Das Modell umbenennen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Bring the model back</source>
        <translation>Das Modell zurückholen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Go to the next dot that way</source>
        <translation>Zum nächsten Punkt in dieser Richtung</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Arrows</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Play it</source>
        <translation>Spielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Enter, Space</source>
        <translation>Eingabe, Leertaste</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Stop, clear the selection</source>
        <translation>Stoppen, die Auswahl aufheben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Nearer, further away, everything</source>
        <translation>Näher, weiter weg, alles</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Search, next one found</source>
        <translation>Suchen, nächster Treffer</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>/ or Ctrl+F, F3</source>
        <translation>/ oder Strg+F, F3</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Select all</source>
        <translation>Alle wählen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Select with a line drawn around</source>
        <translation>Mit einer Linie ringsum wählen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Add to the selection</source>
        <translation>Zur Auswahl hinzufügen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+click</source>
        <translation>Strg+Klick</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Move the map</source>
        <translation>Die Karte bewegen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Space+drag</source>
        <translation>Leertaste+Ziehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Carry sounds out</source>
        <translation>Klänge hinausziehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+drag</source>
        <translation>Strg+Ziehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Sliders and new sounds</source>
        <translation>Regler und neue Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Turn a slider</source>
        <translation>Einen Regler drehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Arrows, PgUp, PgDown</source>
        <translation>Pfeiltasten, Bild auf, Bild ab</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Back to its middle</source>
        <translation>Zurück zur Mitte</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Del or a double click</source>
        <translation>Entf oder Doppelklick</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Morph</source>
        <translation>Morph</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Play the morph, or its sound</source>
        <translation>Den Morph oder seinen Klang spielen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Go along the curve</source>
        <translation>Die Kurve entlanggehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Left, Right, Home, End</source>
        <translation>Links, Rechts, Pos1, Ende</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Bend the curve</source>
        <translation>Die Kurve biegen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Move a sound in its order</source>
        <translation>Einen Klang verschieben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+Auf, Alt+Ab</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Take a sound out</source>
        <translation>Einen Klang herausnehmen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Take out, bring back</source>
        <translation>Herausnehmen, zurückholen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Del, Ctrl+Z</source>
        <translation>Entf, Strg+Z</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Guide and log</source>
        <translation>Anleitung und Protokoll</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Next, previous place</source>
        <translation>Nächste, vorige Stelle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Enter, Shift+Enter</source>
        <translation>Eingabe, Umschalt+Eingabe</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/shortcut_sheet.py"/>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Nothing can be played because the PortAudio library is missing.</source>
        <translation>Nichts lässt sich abspielen, weil die Bibliothek PortAudio fehlt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Install it (on Debian and Ubuntu: libportaudio2) and press play again.</source>
        <translation>Sie installieren (unter Debian und Ubuntu: libportaudio2) und noch einmal abspielen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>The sound output “{name}” is not connected.</source>
        <translation>Die Tonausgabe „{name}“ ist nicht verbunden.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Connect it, or choose another output next to the volume.</source>
        <translation>Sie verbinden oder neben der Lautstärke eine andere wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>There is no sound output.</source>
        <translation>Es gibt keine Tonausgabe.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Connect one and press play again.</source>
        <translation>Eine verbinden und noch einmal abspielen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>The sound output is in use by another program.</source>
        <translation>Die Tonausgabe wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>{shown} is in use elsewhere.</source>
        <translation>{shown} wird anderswo benutzt.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>Close the other program, or choose another output next to the volume.</source>
        <translation>Das andere Programm schließen oder neben der Lautstärke eine andere Ausgabe wählen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>The sound output stopped working.</source>
        <translation>Die Tonausgabe ist ausgefallen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_devices.py"/>
        <source>{shown} stopped working.</source>
        <translation>{shown} ist ausgefallen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_list_model.py"/>
        <source>bit</source>
        <translation>Bit</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_list_model.py"/>
        <source>Peak {peak}, average (RMS) {rms}</source>
        <translation>Spitze {peak}, Mittel (RMS) {rms}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_list_model.py"/>
        <source>Left out: </source>
        <translation>Ausgelassen: </translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>{channels} channels</source>
        <translation>{channels} Kanäle</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>No usable sounds</source>
        <translation>Keine brauchbaren Klänge</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>{left_out} left out</source>
        <translation>{left_out} ausgelassen</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>{n} warnings</source>
        <translation><numerusform>{n} Warnung</numerusform><numerusform>{n} Warnungen</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sound_words.py"/>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/status_bar.py"/>
        <source>{speed:.1f} steps/s</source>
        <translation>{speed:.1f} Schritte/s</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/training_runner.py"/>
        <source>The training ran out of memory.</source>
        <translation>Dem Training ging der Speicher aus.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/training_runner.py"/>
        <source>Close other programs, or choose a smaller batch or width in the advanced settings. What was saved so far can be resumed.</source>
        <translation>Andere Programme schließen, oder in den erweiterten Einstellungen einen kleineren Batch oder eine kleinere Breite wählen. Was bisher gespeichert wurde, lässt sich fortsetzen.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/training_runner.py"/>
        <source>The training stopped because of an error that should not happen.</source>
        <translation>Das Training endete durch einen Fehler, der nicht passieren sollte.</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/training_runner.py"/>
        <source>What was saved so far can be resumed. The details help whoever mends this.</source>
        <translation>Was bisher gespeichert wurde, lässt sich fortsetzen. Die Details helfen denen, die das beheben.</translation>
    </message>
    <message numerus="yes">
        <location filename="../../sda_desktop/ui/wording.py"/>
        <source>CPU, {n} threads</source>
        <translation><numerusform>CPU, {n} Thread</numerusform><numerusform>CPU, {n} Threads</numerusform></translation>
    </message>
    <message>
        <location filename="../../sda_desktop/upgrades.py"/>
        <source>it is not {what} of SDA Desktop</source>
        <translation>SDA Desktop erkennt sie nicht als {what}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/upgrades.py"/>
        <source>its format version is {version!r}, which no version of SDA Desktop wrote</source>
        <translation>ihre Formatversion ist {version!r}; die hat keine Version von SDA Desktop geschrieben</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/upgrades.py"/>
        <source>it is of an older SDA Desktop (format {step}) and could not be upgraded</source>
        <translation>sie stammt von einem älteren SDA Desktop (Format {step}) und ließ sich nicht anheben</translation>
    </message>
</context>
<context>
    <name>_SliderRow</name>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>{less} to {more}</source>
        <translation>{less} bis {more}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>r = {r:.2f}</source>
        <translation>r = {r:.2f}</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>{slider}: back to 0</source>
        <translation>{slider}: zurück auf 0</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>Back to 0 (double-click on the slider)</source>
        <translation>Zurück auf 0 (Doppelklick auf den Regler)</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>&lt;qt&gt;From {less} to {more}, as far as the model knows sounds: {low} to {high}.&lt;br&gt;A direction in the latent space, in standard deviations of the corpus. Correlation of its value with {feature}, measured on new sounds: r = {r:.2f}.&lt;br&gt;Shift moves it finely; a double click goes back to 0.&lt;/qt&gt;</source>
        <translation>&lt;qt&gt;Von {less} bis {more}, so weit das Modell Klänge kennt: {low} bis {high}.&lt;br&gt;Eine Richtung im latenten Raum, in Standardabweichungen des Korpus. Korrelation seines Werts mit {feature}, an neuen Klängen gemessen: r = {r:.2f}.&lt;br&gt;Umschalt bewegt fein; ein Doppelklick geht auf 0 zurück.&lt;/qt&gt;</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/sliders_panel.py"/>
        <source>what it says</source>
        <translation>dem, was er sagt</translation>
    </message>
</context>
<context>
    <name>_Target</name>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Drop a folder of sounds here</source>
        <translation>Einen Ordner mit Klängen hierher ziehen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Open a folder of sounds</source>
        <translation>Einen Ordner mit Klängen öffnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>or start with the demo sounds</source>
        <translation>oder mit den Demo-Klängen beginnen</translation>
    </message>
    <message>
        <location filename="../../sda_desktop/ui/drop_zone.py"/>
        <source>Start with the demo sounds</source>
        <translation>Mit den Demo-Klängen beginnen</translation>
    </message>
</context>
<context>
    <name>notify</name>
    <message>
        <location filename="../../sda_desktop/ui/notify.py"/>
        <source>Show the window</source>
        <translation>Das Fenster zeigen</translation>
    </message>
</context>
</TS>
