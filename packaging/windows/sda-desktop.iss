; The installer for Windows: Inno Setup 6.4 or newer.  packaging/windows/installer.py runs its compiler,
; which by hand is
;
;     ISCC /DAppVersion=0.1.0 /DNumericVersion=0.1.0.0 packaging\windows\sda-desktop.iss
;
; It installs for the one who runs it, without an administrator: everything lies in that user's own folders and
; in that user's own part of the registry.  The uninstaller takes away what was installed, and leaves what the
; user made (%LOCALAPPDATA%\SDA Desktop: trainings, models, settings), and says where that is.

#ifndef AppVersion
  #error Give the version: /DAppVersion=0.1.0
#endif
#ifndef NumericVersion
  #error Give the version in numbers: /DNumericVersion=0.1.0.0
#endif
; Relative to this file, where they are not given with /D.
#ifndef FrozenFolder
  #define FrozenFolder "..\..\build\dist\sda-desktop"
#endif
#ifndef IconsFolder
  #define IconsFolder "..\..\build\icons"
#endif
#ifndef OutputFolder
  #define OutputFolder "..\..\build\out"
#endif
#define AppName "SDA Desktop"
#define ExeName "sda-desktop.exe"
#define ModelId "SDADesktop.Model"
#define RunId "SDADesktop.Run"

[Setup]
; By this Windows knows that a newer version is the same app: it must never change.
AppId={{73C4AC29-D4EE-440D-9090-4AA667610DCF}
AppName={#AppName}
AppVersion={#AppVersion}
AppVerName={#AppName} {#AppVersion}
AppPublisher={#AppName}
VersionInfoVersion={#NumericVersion}
; Held by the app while its window is open: the installer and the uninstaller ask to close it first.
AppMutex=SDADesktopRunning
; What else holds a file, such as a training on the command line, is asked by Windows to end.
CloseApplications=yes
RestartApplications=no
PrivilegesRequired=lowest
DefaultDirName={autopf}\{#AppName}
DisableProgramGroupPage=yes
; What Qt 6 needs: Windows 10, 1809.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
SetupIconFile={#IconsFolder}\sda-desktop.ico
UninstallDisplayIcon={app}\{#ExeName}
UninstallDisplayName={#AppName}
WizardStyle=modern
OutputDir={#OutputFolder}
OutputBaseFilename=sda-desktop-{#AppVersion}-windows-x86_64-setup
Compression=lzma2/max
SolidCompression=yes
; The compiler is a 32-bit program, in which the packing of some hundred MB runs out of memory.
LZMAUseSeparateProcess=yes
#ifdef SignTool
SignTool={#SignTool}
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.ModelFile=SDA Desktop model
de.ModelFile=SDA-Desktop-Modell
en.Run=SDA Desktop training
de.Run=SDA-Desktop-Training
en.DataKept=Your trainings, models and settings have not been removed. They are in this folder, which you may delete yourself:%n%n%1
de.DataKept=Ihre Trainings, Modelle und Einstellungen wurden nicht entfernt. Sie liegen in diesem Ordner, den Sie selbst löschen können:%n%n%1

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; A library of an older version must not lie beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#FrozenFolder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#IconsFolder}\sda-model.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#ExeName}"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\{#ExeName}"; Tasks: desktopicon

[Registry]
; Model files open in the app.
Root: HKCU; Subkey: "Software\Classes\.sda"; ValueType: string; ValueName: ""; ValueData: "{#ModelId}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Classes\.sda\OpenWithProgids"; ValueType: string; ValueName: "{#ModelId}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Classes\{#ModelId}"; ValueType: string; ValueName: ""; ValueData: "{cm:ModelFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\{#ModelId}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\sda-model.ico"
Root: HKCU; Subkey: "Software\Classes\{#ModelId}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#ExeName}"" ""%1"""
; A training is a folder with a run.json: "Open with" offers the app for it, and whatever opens .json stays.
Root: HKCU; Subkey: "Software\Classes\.json"; Flags: uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Classes\.json\OpenWithProgids"; ValueType: string; ValueName: "{#RunId}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Classes\{#RunId}"; ValueType: string; ValueName: ""; ValueData: "{cm:Run}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\{#RunId}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#ExeName},0"
Root: HKCU; Subkey: "Software\Classes\{#RunId}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#ExeName}"" ""%1"""

[Run]
Filename: "{app}\{#ExeName}"; Description: "{cm:LaunchProgram,{#AppName}}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  Folder := ExpandConstant('{localappdata}\{#AppName}');
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent and DirExists(Folder) then
    MsgBox(FmtMessage(CustomMessage('DataKept'), [Folder]), mbInformation, MB_OK);
end;
